/** The loop as a process: {@code heed up} and {@code heed run}, and what describes it: {@code topics}, {@code topology}. */
@NullMarked
package dev.heed.runner.loop;

import org.jspecify.annotations.NullMarked;
