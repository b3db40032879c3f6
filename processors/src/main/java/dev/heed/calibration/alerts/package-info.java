/** What an alarm does: it is made public, and told to the stages that act on it. */
@NullMarked
package dev.heed.calibration.alerts;

import org.jspecify.annotations.NullMarked;
