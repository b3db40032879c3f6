/** Proofs about recorded facts, and checking them. */
@NullMarked
package dev.heed.runner.audit;

import org.jspecify.annotations.NullMarked;
