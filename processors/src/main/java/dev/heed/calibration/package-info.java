/** The calibration stage: it owns labels, beliefs, rater counts and agreement of every question. */
@NullMarked
package dev.heed.calibration;

import org.jspecify.annotations.NullMarked;
