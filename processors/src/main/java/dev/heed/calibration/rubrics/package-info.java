/** What another rubric means for labels: those it is not comparable with are set aside, item by item. */
@NullMarked
package dev.heed.calibration.rubrics;

import org.jspecify.annotations.NullMarked;
