/** The status page: what a loop has done, as its committed topics tell it. */
@NullMarked
package dev.heed.console;

import org.jspecify.annotations.NullMarked;
