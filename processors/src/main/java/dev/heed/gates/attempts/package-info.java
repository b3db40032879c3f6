/** Which attempt a plan is, counted in one place for all gates. */
@NullMarked
package dev.heed.gates.attempts;

import org.jspecify.annotations.NullMarked;
