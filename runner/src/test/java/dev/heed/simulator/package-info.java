/** Tests of the simulated world. */
@NullMarked
package dev.heed.simulator;

import org.jspecify.annotations.NullMarked;
