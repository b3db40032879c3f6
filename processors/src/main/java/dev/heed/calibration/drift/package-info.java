/** Whether raters still answer as well as they must: one of them no longer (rater drift), or all (rubric drift). */
@NullMarked
package dev.heed.calibration.drift;

import org.jspecify.annotations.NullMarked;
