/** The life of a pool in one partition, and the raters that may serve it. */
@NullMarked
package dev.heed.queues.pools;

import org.jspecify.annotations.NullMarked;
