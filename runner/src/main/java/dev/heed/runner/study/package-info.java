/** What studies of the loop share: a policy that asks for nothing, and a calibration stage in memory. */
@NullMarked
package dev.heed.runner.study;

import org.jspecify.annotations.NullMarked;
