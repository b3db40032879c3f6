/** How raters earn, lose and regain trust: gold answers, conduct, and the status that follows. */
@NullMarked
package dev.heed.calibration.standing;

import org.jspecify.annotations.NullMarked;
