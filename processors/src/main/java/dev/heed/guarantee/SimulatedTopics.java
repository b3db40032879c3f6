package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.stream.RoutedPartitioner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** All topics of a loop in memory, with as many partitions each. Holds only what is committed. */
final class SimulatedTopics implements LogView {
    private final int partitions;
    private final Map<Channel, List<List<Logged>>> topics = new EnumMap<>(Channel.class);

    SimulatedTopics(int partitions) {
        this.partitions = partitions;
        for (Channel channel : Channel.values()) {
            List<List<Logged>> logs = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                logs.add(new ArrayList<>());
            }
            topics.put(channel, logs);
        }
    }

    @Override
    public List<Logged> records(Channel channel) {
        List<Logged> all = new ArrayList<>();
        Objects.requireNonNull(topics.get(channel)).forEach(all::addAll);
        return all;
    }

    List<Logged> log(Channel channel, int partition) {
        return Objects.requireNonNull(topics.get(channel)).get(partition);
    }

    /** Writes a record where its destination says. */
    void append(Outgoing outgoing, int ownPartition) {
        switch (outgoing.destination()) {
            case ALL_PARTITIONS -> {
                for (int p = 0; p < partitions; p++) {
                    append(outgoing.channel(), p, outgoing.key(), outgoing.value());
                }
            }
            case EXACT_PARTITION ->
                append(outgoing.channel(), Integer.parseInt(outgoing.partitionKey()), outgoing.key(), outgoing.value());
            case OWN_PARTITION -> append(outgoing.channel(), ownPartition, outgoing.key(), outgoing.value());
            case BY_KEY ->
                append(
                        outgoing.channel(),
                        RoutedPartitioner.partitionOf(outgoing.partitionKey(), partitions),
                        outgoing.key(),
                        outgoing.value());
        }
    }

    private void append(Channel channel, int partition, String key, @Nullable SpecificRecord value) {
        List<Logged> log = log(channel, partition);
        log.add(new Logged(channel.baseName(), partition, log.size(), key, value));
    }
}
