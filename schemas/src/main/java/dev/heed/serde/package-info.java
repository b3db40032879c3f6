/** Serdes: the Confluent wire format for topics, Avro's single-object encoding for stores. */
@NullMarked
package dev.heed.serde;

import org.jspecify.annotations.NullMarked;
