/** Topics, and how the stages hang together in Kafka Streams applications. */
@NullMarked
package dev.heed.topology;

import org.jspecify.annotations.NullMarked;
