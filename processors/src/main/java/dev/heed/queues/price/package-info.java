/** The bucket that time fills, the staff, and the price of one label. */
@NullMarked
package dev.heed.queues.price;

import org.jspecify.annotations.NullMarked;
