/** A cluster as commands reach it: addresses, topics, producers and consumers. */
@NullMarked
package dev.heed.runner.cluster;

import org.jspecify.annotations.NullMarked;
