/** Stories of the feature. */
@NullMarked
package dev.heed.calibration.models;

import org.jspecify.annotations.NullMarked;
