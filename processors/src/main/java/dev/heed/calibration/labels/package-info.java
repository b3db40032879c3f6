/** Labels of items, the beliefs they give, and the counts that beliefs give: what held labels are worth. */
@NullMarked
package dev.heed.calibration.labels;

import org.jspecify.annotations.NullMarked;
