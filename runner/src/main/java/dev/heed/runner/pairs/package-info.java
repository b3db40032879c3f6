/** Sets of compared answers through the loop, out again as files for trainers. */
@NullMarked
package dev.heed.runner.pairs;

import org.jspecify.annotations.NullMarked;
