/** Tests of the Kafka Streams shell. */
@NullMarked
package dev.heed.stream;

import org.jspecify.annotations.NullMarked;
