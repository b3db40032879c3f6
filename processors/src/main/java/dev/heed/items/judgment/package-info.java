/** Beliefs from calibration: one more label, a judgment, or a senior. */
@NullMarked
package dev.heed.items.judgment;

import org.jspecify.annotations.NullMarked;
