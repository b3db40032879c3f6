/** Agreement of human labels, kept as exact pair counts. */
@NullMarked
package dev.heed.calibration.agreement;

import org.jspecify.annotations.NullMarked;
