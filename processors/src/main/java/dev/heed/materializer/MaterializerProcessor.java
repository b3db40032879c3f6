package dev.heed.materializer;

import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.out.Erasure;
import dev.heed.stream.Forwarder;
import dev.heed.stream.Routed;
import dev.heed.stream.Sinks;
import dev.heed.stream.StoreState;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs the materializer over one partition of {@code dataset-log}, {@code contents}, {@code content-keys} and
 * {@code erasures}.
 */
public final class MaterializerProcessor implements Processor<String, @Nullable SpecificRecord, String, Routed> {
    /**
     * What a task is made of.
     *
     * @param store name of its store
     * @param contentsTopic name of the topic of texts
     * @param keysTopic name of the topic of content keys: a deletion does not say what it deletes
     */
    public record Setup(Materializer materializer, String store, String contentsTopic, String keysTopic, Sinks sinks) {}

    private final Setup setup;
    private @Nullable Task task;

    private MaterializerProcessor(Setup setup) {
        this.setup = setup;
    }

    public static ProcessorSupplier<String, @Nullable SpecificRecord, String, Routed> supplier(Setup setup) {
        return () -> new MaterializerProcessor(setup);
    }

    /** What dies with the task. */
    private record Task(ProcessorContext<String, Routed> context, State state, Forwarder forwarder) {}

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        task = new Task(
                context, new StoreState(context.getStateStore(setup.store())), new Forwarder(context, setup.sinks()));
    }

    @Override
    public void process(Record<String, @Nullable SpecificRecord> record) {
        if (task == null) {
            throw new IllegalStateException("process before init");
        }
        List<Outgoing> outgoing = new ArrayList<>();
        String topic = task.context().recordMetadata().orElseThrow().topic();
        if (record.value() instanceof Delta delta) {
            setup.materializer().onDelta(task.state(), delta, outgoing::add);
        } else if (record.value() instanceof Erasure erasure) {
            setup.materializer().onErasure(task.state(), erasure, outgoing::add);
        } else if (record.key().equals(Materializer.HEARTBEAT)) {
            if (topic.equals(setup.contentsTopic())) {
                setup.materializer().onHeartbeat(task.state(), record.timestamp(), outgoing::add);
            }
        } else if (topic.equals(setup.keysTopic())) {
            setup.materializer().onKey(task.state(), record.key(), (ContentKey) record.value(), outgoing::add);
        } else {
            Content content = (Content) record.value();
            setup.materializer().onContent(task.state(), record.key(), content, record.timestamp(), outgoing::add);
        }
        task.forwarder().forward(outgoing, record.timestamp());
    }
}
