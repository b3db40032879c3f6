@NullMarked
package dev.heed.calibration.drift;

import org.jspecify.annotations.NullMarked;
