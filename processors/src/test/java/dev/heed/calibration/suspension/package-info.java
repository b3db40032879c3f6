@NullMarked
package dev.heed.calibration.suspension;

import org.jspecify.annotations.NullMarked;
