/** The loop killed again and again under load, and what its logs say afterwards. */
@NullMarked
package dev.heed.bench.faults;

import org.jspecify.annotations.NullMarked;
