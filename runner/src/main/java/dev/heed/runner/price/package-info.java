/** A simulated week of a pool: how well its price spends the budget. */
@NullMarked
package dev.heed.runner.price;

import org.jspecify.annotations.NullMarked;
