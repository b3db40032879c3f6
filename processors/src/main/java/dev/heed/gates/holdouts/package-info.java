/** Which dataset versions are sealed. */
@NullMarked
package dev.heed.gates.holdouts;

import org.jspecify.annotations.NullMarked;
