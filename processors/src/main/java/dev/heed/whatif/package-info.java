/** Deciding a recorded loop again under another policy, all stages together, in memory. */
@NullMarked
package dev.heed.whatif;

import org.jspecify.annotations.NullMarked;
