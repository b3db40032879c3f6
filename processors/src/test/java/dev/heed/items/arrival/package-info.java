/** Stories of what comes to an item. */
@NullMarked
package dev.heed.items.arrival;

import org.jspecify.annotations.NullMarked;
