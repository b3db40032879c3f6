/** The Kafka Streams shell around the pure core: state in a store, one stage in a processor, records to their sinks. */
@NullMarked
package dev.heed.stream;

import org.jspecify.annotations.NullMarked;
