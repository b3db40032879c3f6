package dev.heed.stream;

import dev.heed.core.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a record where its {@link dev.heed.core.Destination} says, among as many partitions as the topic has. */
public final class RoutedPartitioner implements StreamPartitioner<String, Routed> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, Routed value, int partitions) {
        Outgoing outgoing = value.outgoing();
        return Optional.of(
                switch (outgoing.destination()) {
                    case BY_KEY -> Set.of(partitionOf(outgoing.partitionKey(), partitions));
                    case OWN_PARTITION -> Set.of(own(topic, value.ownPartition(), partitions));
                    case EXACT_PARTITION -> Set.of(own(topic, Integer.parseInt(outgoing.partitionKey()), partitions));
                    case ALL_PARTITIONS ->
                        IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet());
                });
    }

    /** The partition that Kafka's default partitioner gives the key, so that any producer agrees. */
    public static int partitionOf(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }

    private static int own(String topic, int ownPartition, int partitions) {
        if (ownPartition >= partitions) {
            throw new IllegalStateException("topic " + topic + ": " + partitions + " partitions (expected: more than "
                    + ownPartition + ", the common count of inputs, journals and facts)");
        }
        return ownPartition;
    }
}
