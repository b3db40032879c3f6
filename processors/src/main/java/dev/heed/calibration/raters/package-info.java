/** Profiles of raters. */
@NullMarked
package dev.heed.calibration.raters;

import org.jspecify.annotations.NullMarked;
