/** Stories and laws of the items stage. */
@NullMarked
package dev.heed.items;

import org.jspecify.annotations.NullMarked;
