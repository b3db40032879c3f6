/** Stories of the feature. */
@NullMarked
package dev.heed.calibration.labels;

import org.jspecify.annotations.NullMarked;
