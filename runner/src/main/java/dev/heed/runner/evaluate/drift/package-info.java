/** How often the drift and pressure tests alarm without need, and how well they name what happens. */
@NullMarked
package dev.heed.runner.evaluate.drift;

import org.jspecify.annotations.NullMarked;
