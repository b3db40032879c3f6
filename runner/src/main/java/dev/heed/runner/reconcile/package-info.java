/** Has the beliefs of a question computed anew until none moves. */
@NullMarked
package dev.heed.runner.reconcile;

import org.jspecify.annotations.NullMarked;
