@NullMarked
package dev.heed.calibration.pressures;

import org.jspecify.annotations.NullMarked;
