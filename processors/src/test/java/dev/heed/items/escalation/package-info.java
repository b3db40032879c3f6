/** Stories of escalations. */
@NullMarked
package dev.heed.items.escalation;

import org.jspecify.annotations.NullMarked;
