package dev.heed.audit;

import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.stream.Forwarder;
import dev.heed.stream.Routed;
import dev.heed.stream.Sinks;
import dev.heed.stream.StoreState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Reads one partition of every journal and facts topic as bytes, and writes the heads of their trees. */
public final class AuditProcessor implements Processor<byte[], byte[], String, Routed> {
    /** Name of the part of the loop that does this. */
    public static final String NAME = "audit";

    /** How long what is written may wait for a head over it. */
    public static final Duration HEAD_INTERVAL = Duration.ofSeconds(15);

    private final Setup setup;
    private Task task = Task.NONE;

    /**
     * @param logs by the names of their topics
     * @param store name of the store of the trees
     */
    public record Setup(Map<String, AuditedLog> logs, String store, Sinks sinks) {
        public Setup {
            logs = Map.copyOf(logs);
        }
    }

    private AuditProcessor(Setup setup) {
        this.setup = setup;
    }

    /** Processors that share nothing but the setup. */
    public static ProcessorSupplier<byte[], byte[], String, Routed> supplier(Setup setup) {
        return () -> new AuditProcessor(setup);
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        State state = new StoreState(context.getStateStore(setup.store()));
        Forwarder forwarder = new Forwarder(context, setup.sinks());
        List<AuditedLog> logs = setup.logs().values().stream()
                .sorted((a, b) -> a.channel().compareTo(b.channel()))
                .toList();
        int partition = context.taskId().partition();
        context.schedule(HEAD_INTERVAL, PunctuationType.WALL_CLOCK_TIME, nowMs -> {
            List<Outgoing> heads = new ArrayList<>();
            AuditTrees.publish(state, logs, partition, heads::add);
            forwarder.forward(heads, nowMs);
        });
        task = record -> {
            String topic = context.recordMetadata().orElseThrow().topic();
            AuditedLog log = Objects.requireNonNull(setup.logs().get(topic), topic);
            AuditTrees.append(state, log, AuditedLog.leaf(record.key(), record.value()), record.timestamp());
        };
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        task.process(record);
    }

    /** What {@code init} made, which dies with the task. */
    private interface Task {
        Task NONE = record -> {
            throw new IllegalStateException("process before init");
        };

        void process(Record<byte[], byte[]> record);
    }
}
