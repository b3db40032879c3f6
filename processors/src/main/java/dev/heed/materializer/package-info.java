/** Joins {@code dataset-log} and {@code contents} into training rows with text. Decides nothing. */
@NullMarked
package dev.heed.materializer;

import org.jspecify.annotations.NullMarked;
