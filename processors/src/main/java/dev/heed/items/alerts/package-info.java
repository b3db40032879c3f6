/** Alerts from calibration, which raise the exposure of what drifted, and from monitors outside the loop. */
@NullMarked
package dev.heed.items.alerts;

import org.jspecify.annotations.NullMarked;
