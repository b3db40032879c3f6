@NullMarked
package dev.heed.calibration.reconcile;

import org.jspecify.annotations.NullMarked;
