/** What a suspension means for beliefs: the rater's labels are set aside, item by item. */
@NullMarked
package dev.heed.calibration.suspension;

import org.jspecify.annotations.NullMarked;
