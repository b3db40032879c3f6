/** Evidence for and against a candidate, and the verdict that latches. */
@NullMarked
package dev.heed.gates.evidence;

import org.jspecify.annotations.NullMarked;
