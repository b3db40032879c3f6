/** Stories of a pool's life and its raters. */
@NullMarked
package dev.heed.queues.pools;

import org.jspecify.annotations.NullMarked;
