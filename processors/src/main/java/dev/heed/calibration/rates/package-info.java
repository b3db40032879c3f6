/** Error rates of detectors and judges, held against what people say. */
@NullMarked
package dev.heed.calibration.rates;

import org.jspecify.annotations.NullMarked;
