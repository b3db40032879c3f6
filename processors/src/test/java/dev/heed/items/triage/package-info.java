/** Stories of routes. */
@NullMarked
package dev.heed.items.triage;

import org.jspecify.annotations.NullMarked;
