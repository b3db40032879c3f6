/** Stories of judgments. */
@NullMarked
package dev.heed.items.judgment;

import org.jspecify.annotations.NullMarked;
