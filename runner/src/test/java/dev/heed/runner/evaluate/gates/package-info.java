/** The simulation of gates. */
@NullMarked
package dev.heed.runner.evaluate.gates;

import org.jspecify.annotations.NullMarked;
