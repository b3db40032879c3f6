/** What other stages know that keeps gates from passing. */
@NullMarked
package dev.heed.gates.concerns;

import org.jspecify.annotations.NullMarked;
