/** Which wanted tasks wait, and how the exploration lane is thinned. */
@NullMarked
package dev.heed.queues.admission;

import org.jspecify.annotations.NullMarked;
