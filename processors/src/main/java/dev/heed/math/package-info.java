/** The arithmetic of the loop: beliefs, rater models, label values, sequential tests, agreement, hashes; pure and bit-identical. */
@NullMarked
package dev.heed.math;

import org.jspecify.annotations.NullMarked;
