package dev.heed.stream;

import dev.heed.core.Channel;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The sink nodes of one processor: one for each channel it may write to.
 *
 * @param processor name of the processor's node
 */
public record Sinks(String processor, Set<Channel> channels) {
    public Sinks {
        channels = Set.copyOf(channels);
    }

    /**
     * The node that writes the channel.
     *
     * @throws IllegalStateException when the processor is not meant to write it
     */
    String node(Channel channel) {
        if (!channels.contains(channel)) {
            throw new IllegalStateException(processor + " sent a record to " + channel.baseName()
                    + " (expected: only channels that the topic catalogue lets it write)");
        }
        return processor + "-to-" + channel.baseName();
    }

    /**
     * Adds the nodes to a topology that has the processor.
     *
     * @param topics name of each channel's topic
     * @param values writes the records; shared by all threads
     */
    public void addTo(Topology topology, Function<Channel, String> topics, Serializer<SpecificRecord> values) {
        channels.stream()
                .sorted()
                .forEach(channel -> topology.addSink(
                        node(channel),
                        topics.apply(channel),
                        new StringSerializer(),
                        new RoutedSerializer(values),
                        new RoutedPartitioner(),
                        processor));
    }
}
