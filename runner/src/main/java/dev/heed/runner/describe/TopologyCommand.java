package dev.heed.runner.describe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.registry.RegistryClient;
import dev.heed.runner.cluster.Cluster;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import dev.heed.topology.LoopTopology.StoreKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the graph of the applications. */
@Command(
        name = "topology",
        description = "Print the graph of the Kafka Streams applications, as Kafka describes it or as Mermaid.")
public final class TopologyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--mermaid", description = "Print a Mermaid flowchart of stages and topics.")
    private boolean mermaid;

    @Option(names = "--json", description = "Print one JSON object per sub-topology: topics read and written, stores.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, "bulk", wiring().bulk());
            printJson(out, "urgent", wiring().urgent());
            printJson(out, "hot", wiring().hot());
            printJson(out, "slow", wiring().slow());
            printJson(out, "audit", wiring().audit());
        } else if (mermaid) {
            out.print(Mermaid.of(wiring().all().describe(), Cluster.DEFAULT_PREFIX));
        } else {
            print(out, "bulk", wiring().bulk());
            print(out, "urgent", wiring().urgent());
            print(out, "hot", wiring().hot());
            print(out, "slow", wiring().slow());
            print(out, "audit", wiring().audit());
        }
        return 0;
    }

    private static void print(PrintWriter out, String application, Topology topology) {
        out.println("Application " + Cluster.DEFAULT_PREFIX + "-" + application);
        out.println(topology.describe());
    }

    private static void printJson(PrintWriter out, String application, Topology topology) {
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            TreeSet<String> reads = new TreeSet<>();
            TreeSet<String> writes = new TreeSet<>();
            TreeSet<String> stores = new TreeSet<>();
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    reads.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Sink sink) {
                    writes.add(sink.topic());
                } else if (node instanceof TopologyDescription.Processor processor) {
                    stores.addAll(processor.stores());
                }
            }
            ObjectNode line = JsonNodeFactory.instance
                    .objectNode()
                    .put("application", Cluster.DEFAULT_PREFIX + "-" + application)
                    .put("subtopology", part.id());
            reads.forEach(line.putArray("reads")::add);
            writes.forEach(line.putArray("writes")::add);
            stores.forEach(line.putArray("stores")::add);
            out.println(line);
        }
    }

    /** The wiring alone; nothing is connected to. */
    private static LoopTopology wiring() {
        LoopSettings settings = new LoopSettings(
                Cluster.DEFAULT_PREFIX,
                "nowhere:0",
                "memory://topology",
                LoopSettings.DEFAULT_SERDE,
                new byte[LoopSettings.MIN_SEED_BYTES],
                Path.of("."),
                "topology",
                1,
                (short) 1,
                1,
                LoopSettings.DEFAULT_COMMIT_INTERVAL,
                LoopSettings.DEFAULT_TICK_INTERVAL,
                Map.of());
        HeedAvroSerde<SpecificRecord> values =
                new HeedAvroSerde<>(RegistryClient.open(Map.of("schema.registry.url", "memory://topology")));
        return new LoopTopology(settings, values, () -> 0L, StoreKind.IN_MEMORY);
    }
}
