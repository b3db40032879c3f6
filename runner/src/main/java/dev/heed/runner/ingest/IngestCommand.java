package dev.heed.runner.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.intake.PublicInput;
import dev.heed.intake.shape.Shapes;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.topology.LoopTopology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes events from a file of JSON lines. */
@Command(
        name = "ingest",
        description = {
            "Publish events from a file of JSON lines.",
            "Fields are named as in the schemas; those with a default may be left out. A bad line is reported by its"
                    + " number with all that is wrong with it; good lines go in all the same."
        })
public final class IngestCommand implements Callable<Integer> {
    /** Bad lines listed in the JSON summary; all are counted. */
    private static final int MOST_LISTED = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "KIND",
            description = "What the lines are: ${COMPLETION-CANDIDATES}.",
            converter = KindConverter.class,
            completionCandidates = KindConverter.class)
    private PublicInput kind = PublicInput.INTERACTIONS;

    @Parameters(paramLabel = "FILE", description = "The file, plain or .gz; - for standard input.")
    private Path file = Path.of("-");

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    private final Map<Long, List<String>> bad = new ConcurrentSkipListMap<>();

    @Override
    public Integer call() {
        Cluster cluster = options.cluster();
        String topic = cluster.topic(kind.channel());
        long lines;
        try (Producer<String, byte[]> producer = cluster.producer("heed-ingest");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
            lines = publish(producer, cluster.serde().serializer(), topic, reader);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
        report(topic, lines);
        return bad.isEmpty() ? 0 : 1;
    }

    private long publish(
            Producer<String, byte[]> producer, Serializer<SpecificRecord> values, String topic, BufferedReader reader)
            throws IOException {
        Shapes shapes = new Shapes(LoopTopology.levels());
        long number = 0;
        long lines = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            long at = ++number;
            if (line.isBlank()) {
                continue;
            }
            lines++;
            EventLine read = EventLine.read(kind, shapes, line);
            if (read instanceof EventLine.Good good) {
                byte[] bytes = values.serialize(topic, good.event());
                producer.send(new ProducerRecord<>(topic, good.key(), bytes), (sent, refused) -> {
                    if (refused != null) {
                        bad.put(at, List.of("the broker refused it: " + refused.getMessage()));
                    }
                });
            } else if (read instanceof EventLine.Bad wrong) {
                bad.put(at, wrong.problems());
            }
        }
        producer.flush();
        return lines;
    }

    private void report(String topic, long lines) {
        long published = lines - bad.size();
        if (json) {
            ObjectNode summary = JsonNodeFactory.instance.objectNode();
            summary.put("topic", topic).put("lines", lines).put("published", published);
            summary.put("bad", bad.size());
            ArrayNode listed = summary.putArray("bad_lines");
            bad.entrySet().stream().limit(MOST_LISTED).forEach(each -> {
                ObjectNode entry = listed.addObject().put("line", each.getKey());
                each.getValue().forEach(entry.putArray("problems")::add);
            });
            spec.commandLine().getOut().println(summary);
            return;
        }
        bad.forEach((line, problems) ->
                spec.commandLine().getErr().println("line " + line + ": " + String.join("; ", problems)));
        spec.commandLine()
                .getOut()
                .println("published " + published + " of " + lines + " lines to " + topic
                        + (bad.isEmpty() ? "" : "; " + bad.size() + " bad"));
    }
}
