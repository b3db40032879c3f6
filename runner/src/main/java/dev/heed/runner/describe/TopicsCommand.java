package dev.heed.runner.describe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.runner.cluster.Cluster;
import dev.heed.topology.TopicCatalog;
import dev.heed.topology.TopicSpec;
import dev.heed.topology.TopicSpec.Cleanup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the topic catalogue. */
@Command(
        name = "topics",
        description = "Print the topics of the loop: key, value, how long records are kept, who writes and reads.")
public final class TopicsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--prefix", description = "Prefix of the topics (default: ${DEFAULT-VALUE}).")
    private String prefix = Cluster.DEFAULT_PREFIX;

    @Option(names = "--json", description = "Print one JSON object per topic.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf("%-32s %-28s %-17s %-10s %-42s %s%n", "TOPIC", "KEY", "VALUE", "KEPT", "WRITTEN BY", "READ BY");
        }
        for (TopicSpec topic : TopicCatalog.all()) {
            out.println(json ? json(topic) : line(topic));
        }
        return 0;
    }

    private String line(TopicSpec topic) {
        return String.format(
                "%-32s %-28s %-17s %-10s %-42s %s",
                topic.name(prefix),
                topic.key(),
                topic.value().getSimpleName(),
                kept(topic),
                writers(topic),
                topic.readers());
    }

    private ObjectNode json(TopicSpec topic) {
        return JSON.createObjectNode()
                .put("topic", topic.name(prefix))
                .put("key", topic.key())
                .put("value", topic.value().getName())
                .put("cleanup_policy", topic.cleanup().configValue())
                .put("retention_ms", topic.retentionMs())
                .put("max_message_bytes", TopicSpec.MAX_MESSAGE_BYTES)
                .put("written_by", writers(topic))
                .put("read_by", topic.readers());
    }

    private static String writers(TopicSpec topic) {
        return topic.writers().isEmpty()
                ? "producers"
                : String.join(", ", topic.writers().stream().sorted().toList());
    }

    private static String kept(TopicSpec topic) {
        if (topic.cleanup() == Cleanup.COMPACT) {
            return "last";
        }
        return topic.retentionMs() == TopicSpec.FOREVER
                ? "for ever"
                : Duration.ofMillis(topic.retentionMs()).toDays() + " days";
    }
}
