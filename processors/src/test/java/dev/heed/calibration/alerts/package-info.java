@NullMarked
package dev.heed.calibration.alerts;

import org.jspecify.annotations.NullMarked;
