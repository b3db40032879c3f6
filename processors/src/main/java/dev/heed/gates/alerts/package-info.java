/** Alerts from calibration, which keep gates from passing. */
@NullMarked
package dev.heed.gates.alerts;

import org.jspecify.annotations.NullMarked;
