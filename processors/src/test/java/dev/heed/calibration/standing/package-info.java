@NullMarked
package dev.heed.calibration.standing;

import org.jspecify.annotations.NullMarked;
