/** Paired results, buffered until their turn. */
@NullMarked
package dev.heed.gates.results;

import org.jspecify.annotations.NullMarked;
