/** Tests of the status page. */
@NullMarked
package dev.heed.console;

import org.jspecify.annotations.NullMarked;
