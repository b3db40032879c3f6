/** Simulated candidates at release gates. */
@NullMarked
package dev.heed.runner.evaluate.gates;

import org.jspecify.annotations.NullMarked;
