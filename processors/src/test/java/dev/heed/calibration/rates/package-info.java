@NullMarked
package dev.heed.calibration.rates;

import org.jspecify.annotations.NullMarked;
