/** Stories of the feature. */
@NullMarked
package dev.heed.calibration.raters;

import org.jspecify.annotations.NullMarked;
