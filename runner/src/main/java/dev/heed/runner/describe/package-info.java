/** Commands that say how the loop is built. */
@NullMarked
package dev.heed.runner.describe;

import org.jspecify.annotations.NullMarked;
