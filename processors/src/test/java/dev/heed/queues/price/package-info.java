/** Stories of the queues stage's price. */
@NullMarked
package dev.heed.queues.price;

import org.jspecify.annotations.NullMarked;
