/** Who looks at an item first: belief from detectors, value of a label, route. */
@NullMarked
package dev.heed.items.triage;

import org.jspecify.annotations.NullMarked;
