package dev.heed.core;

import org.apache.avro.specific.SpecificRecord;

/** Takes the records that a fact is projected to. */
@FunctionalInterface
public interface Outbox {
    void send(Outgoing outgoing);

    /** To the partition that the key hashes to. */
    default void send(Channel channel, String key, SpecificRecord value) {
        send(new Outgoing(channel, key, value, Destination.BY_KEY));
    }

    /** To one partition by its number, from 0. */
    default void sendTo(Channel channel, int partition, String key, SpecificRecord value) {
        send(Outgoing.exactly(channel, partition, key, value));
    }

    /** To every partition. */
    default void multicast(Channel channel, String key, SpecificRecord value) {
        send(new Outgoing(channel, key, value, Destination.ALL_PARTITIONS));
    }
}
