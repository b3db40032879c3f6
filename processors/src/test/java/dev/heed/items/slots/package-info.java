/** Stories of labels and leases. */
@NullMarked
package dev.heed.items.slots;

import org.jspecify.annotations.NullMarked;
