/** Stories of the feature. */
@NullMarked
package dev.heed.calibration.agreement;

import org.jspecify.annotations.NullMarked;
