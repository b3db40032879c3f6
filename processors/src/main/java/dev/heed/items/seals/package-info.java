/** What the rows of each dataset come to, kept with every delta, and the cuts of its versions. */
@NullMarked
package dev.heed.items.seals;

import org.jspecify.annotations.NullMarked;
