package dev.heed.core;

import org.apache.avro.specific.SpecificRecord;

/** Takes the records that a fact is projected to. */
@FunctionalInterface
public interface Outbox {
    void send(Outgoing outgoing);

    default void send(Channel channel, String key, SpecificRecord value) {
        send(new Outgoing(channel, key, value, Destination.BY_KEY));
    }

    default void sendToOwnPartition(Channel channel, String key, SpecificRecord value) {
        send(new Outgoing(channel, key, value, Destination.OWN_PARTITION));
    }

    default void multicast(Channel channel, String key, SpecificRecord value) {
        send(new Outgoing(channel, key, value, Destination.ALL_PARTITIONS));
    }
}
