/** Topics, and how the stages hang together in two Kafka Streams applications. */
@NullMarked
package dev.heed.topology;

import org.jspecify.annotations.NullMarked;
