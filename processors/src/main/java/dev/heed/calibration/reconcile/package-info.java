/** Older beliefs are computed anew with what is known of raters by now, a few items at a time. */
@NullMarked
package dev.heed.calibration.reconcile;

import org.jspecify.annotations.NullMarked;
