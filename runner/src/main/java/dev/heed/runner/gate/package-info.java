/** Commands about gates. */
@NullMarked
package dev.heed.runner.gate;

import org.jspecify.annotations.NullMarked;
