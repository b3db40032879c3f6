/** Escalations: levels of risk, acknowledge, timeout, resolve. */
@NullMarked
package dev.heed.items.escalation;

import org.jspecify.annotations.NullMarked;
