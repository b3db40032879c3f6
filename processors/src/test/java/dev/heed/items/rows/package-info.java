/** Stories of training rows. */
@NullMarked
package dev.heed.items.rows;

import org.jspecify.annotations.NullMarked;
