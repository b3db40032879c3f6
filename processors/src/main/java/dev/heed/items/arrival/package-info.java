/** What comes to an item: interactions, signals, verdicts and consent; events too early for it; models, prices and raters. */
@NullMarked
package dev.heed.items.arrival;

import org.jspecify.annotations.NullMarked;
