/** Training rows as a function of judgment, rules and consent; deltas are the difference to the rows held. */
@NullMarked
package dev.heed.items.rows;

import org.jspecify.annotations.NullMarked;
