/** What a well-formed public record looks like: one shape per input, every problem listed, every limit named. */
@NullMarked
package dev.heed.intake.shape;

import org.jspecify.annotations.NullMarked;
