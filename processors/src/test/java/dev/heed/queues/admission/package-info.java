/** Stories of the queues stage's admission. */
@NullMarked
package dev.heed.queues.admission;

import org.jspecify.annotations.NullMarked;
