/** Stories of the queues stage's handout. */
@NullMarked
package dev.heed.queues.handout;

import org.jspecify.annotations.NullMarked;
