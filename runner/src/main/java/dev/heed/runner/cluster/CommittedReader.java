package dev.heed.runner.cluster;

import dev.heed.core.Channel;
import dev.heed.serde.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the committed records of some channels from their beginning, decoded. Not for more than one thread. */
public final class CommittedReader implements AutoCloseable {
    /** Takes what is read. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param value null for a deletion, and for bytes that cannot be decoded
         */
        void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value);
    }

    private final Consumer<String, byte[]> consumer;
    private final Deserializer<SpecificRecord> values;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<Channel, Boolean> decoded = new EnumMap<>(Channel.class);
    private final Listener listener;

    /**
     * @param decode the channels to read and decode
     * @param raw the channels to read without decoding
     */
    public CommittedReader(
            Cluster cluster, String clientId, Collection<Channel> decode, Collection<Channel> raw, Listener listener) {
        this.consumer = cluster.reader(clientId);
        this.values = cluster.serde().deserializer();
        this.listener = listener;
        decode.forEach(channel -> decoded.put(channel, true));
        raw.forEach(channel -> decoded.put(channel, false));
        List<TopicPartition> partitions = new ArrayList<>();
        for (Channel channel : decoded.keySet()) {
            String topic = cluster.topic(channel);
            channels.put(topic, channel);
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads what is there, or waits for it.
     *
     * @return how many records were read
     */
    public int poll(Duration atMost) {
        int read = 0;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
            Channel channel = Objects.requireNonNull(channels.get(record.topic()));
            listener.read(channel, record, decoded.getOrDefault(channel, false) ? value(record) : null);
            read++;
        }
        return read;
    }

    /** True once everything is read that was committed when this was asked. */
    public boolean caughtUp() {
        return hasRead(ends());
    }

    /** Where the committed part of each partition ends now. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment());
    }

    /** True once everything before these ends is read. */
    public boolean hasRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** How many partitions are read, of all channels together. */
    public int partitions() {
        return consumer.assignment().size();
    }

    private @Nullable SpecificRecord value(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return values.deserialize(record.topic(), record.value());
        } catch (UndecodableException poison) {
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
