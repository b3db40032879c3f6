/** What the pressure tests see of the items: each item's first judgment, and what a reward model had said of it. */
@NullMarked
package dev.heed.items.observations;

import org.jspecify.annotations.NullMarked;
