package dev.heed.runner.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.core.Channel;
import dev.heed.json.JsonWriter;
import dev.heed.out.Content;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.serde.UndecodableException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the committed records of a topic as they come. */
@Command(name = "tail", description = "Print the records of a topic, decoded, as they come. Ctrl-C stops it.")
public final class TailCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Parameters(
            paramLabel = "TOPIC",
            description = "A topic by its role, as 'heed topics' lists it (judgments), or by its full name.")
    private String topic = "";

    @Option(
            names = "--from",
            paramLabel = "beginning|end|OFFSET",
            converter = From.Converter.class,
            description = "Where to start in every partition (default: end).")
    private From from = From.END;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after so many records.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--until-end", description = "Stop at what is the end when the command starts.")
    private boolean untilEnd;

    @Option(names = "--json", description = "One JSON object per line: topic, partition, offset, time, key, value.")
    private boolean json;

    @Option(names = "--open", description = "Of contents: show the texts, opened with the loop's key-encryption keys.")
    private boolean open;

    @Override
    public Integer call() {
        Cluster cluster = options.cluster();
        String name = cluster.channel(topic).map(cluster::topic).orElse(topic);
        try (Consumer<String, byte[]> consumer = cluster.reader("heed-tail")) {
            List<TopicPartition> partitions = partitions(consumer, name);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            from.seek(consumer, partitions);
            if (open) {
                try (OpenedTexts texts = new OpenedTexts(cluster, options.keys())) {
                    print(consumer, new Values(cluster.serde().deserializer(), texts), ends);
                }
            } else {
                print(consumer, new Values(cluster.serde().deserializer(), null), ends);
            }
        }
        return 0;
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer, String name) {
        List<PartitionInfo> found = consumer.partitionsFor(name);
        if (found == null || found.isEmpty()) {
            String roles = Stream.of(Channel.values()).map(Channel::baseName).collect(Collectors.joining(", "));
            throw new Failure("no topic " + name + " (expected: one of " + roles + ", or a full name)");
        }
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** How values are read. */
    private record Values(
            Deserializer<SpecificRecord> decoder, @Nullable OpenedTexts texts) {}

    private void print(Consumer<String, byte[]> consumer, Values values, Map<TopicPartition, Long> ends) {
        PrintWriter out = spec.commandLine().getOut();
        long printed = 0;
        while (printed < limit && !(untilEnd && reached(consumer, ends))) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (printed == limit) {
                    break;
                }
                out.println(line(record, value(values, record)));
                printed++;
            }
            out.flush();
            if (out.checkError()) {
                return;
            }
        }
    }

    private static boolean reached(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> missing = new HashMap<>(ends);
        missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return missing.isEmpty();
    }

    private static JsonNode value(Values values, ConsumerRecord<String, byte[]> record) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (record.value() == null) {
            return nodes.nullNode();
        }
        try {
            SpecificRecord value = values.decoder().deserialize(record.topic(), record.value());
            OpenedTexts texts = values.texts();
            return texts != null && value instanceof Content content ? texts.opened(content) : JsonWriter.write(value);
        } catch (UndecodableException undecodable) {
            ObjectNode node = nodes.objectNode();
            node.put("undecodable", undecodable.getMessage());
            node.put("bytes", record.value());
            return node;
        }
    }

    private String line(ConsumerRecord<String, byte[]> record, JsonNode value) {
        String time = Instant.ofEpochMilli(record.timestamp()).toString();
        if (!json) {
            return record.partition() + "@" + record.offset() + " " + time + " " + record.key() + " "
                    + (value.isNull() ? "(deleted)" : value);
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", record.topic());
        line.put("partition", record.partition());
        line.put("offset", record.offset());
        line.put("time", time);
        line.put("key", record.key());
        line.set("value", value);
        return line.toString();
    }
}
