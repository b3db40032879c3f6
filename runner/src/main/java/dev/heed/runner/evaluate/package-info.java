/** {@code heed evaluate}: a set of crowd labels through the loop, and how well it did. */
@NullMarked
package dev.heed.runner.evaluate;

import org.jspecify.annotations.NullMarked;
