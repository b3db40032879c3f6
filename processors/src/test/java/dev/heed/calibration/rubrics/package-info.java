@NullMarked
package dev.heed.calibration.rubrics;

import org.jspecify.annotations.NullMarked;
