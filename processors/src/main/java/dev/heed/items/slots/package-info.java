/** Labels of people and the leases for them: at most max_raters, and no rater twice. */
@NullMarked
package dev.heed.items.slots;

import org.jspecify.annotations.NullMarked;
