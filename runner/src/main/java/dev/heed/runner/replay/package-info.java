/** Deciding recorded journals again. */
@NullMarked
package dev.heed.runner.replay;

import org.jspecify.annotations.NullMarked;
