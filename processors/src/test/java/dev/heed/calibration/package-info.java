/** Stories and laws of the calibration stage. */
@NullMarked
package dev.heed.calibration;

import org.jspecify.annotations.NullMarked;
