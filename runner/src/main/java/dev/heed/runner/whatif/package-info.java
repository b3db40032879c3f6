/** What another policy would have changed. */
@NullMarked
package dev.heed.runner.whatif;

import org.jspecify.annotations.NullMarked;
