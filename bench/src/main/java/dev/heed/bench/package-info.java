/** Measurements of the loop. What the documents say of its speed comes from here. */
@NullMarked
package dev.heed.bench;

import org.jspecify.annotations.NullMarked;
