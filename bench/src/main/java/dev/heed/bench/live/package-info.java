/** Following a loop that runs. */
@NullMarked
package dev.heed.bench.live;

import org.jspecify.annotations.NullMarked;
