/** Rater models: when they have moved enough to be told to others. */
@NullMarked
package dev.heed.calibration.models;

import org.jspecify.annotations.NullMarked;
