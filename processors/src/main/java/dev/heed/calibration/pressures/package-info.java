/** The failure pressures: what goes wrong in a loop that learns from its own judgments, watched for by tests. */
@NullMarked
package dev.heed.calibration.pressures;

import org.jspecify.annotations.NullMarked;
