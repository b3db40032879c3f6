package dev.heed.stream;

import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Runs one stage over one partition of its journal: load, step, forward. Any failure stops the application. */
public final class StageProcessor implements Processor<String, SpecificRecord, String, Routed> {
    private final Supplier<Stage> stage;
    private final String store;
    private final Sinks sinks;
    private Task task = Task.NONE;

    private StageProcessor(Supplier<Stage> stage, String store, Sinks sinks) {
        this.stage = stage;
        this.store = store;
        this.sinks = sinks;
    }

    /**
     * Processors that share nothing.
     *
     * @param stage makes the stage anew for each task
     * @param store name of the stage's store
     */
    public static ProcessorSupplier<String, SpecificRecord, String, Routed> supplier(
            Supplier<Stage> stage, String store, Sinks sinks) {
        return () -> new StageProcessor(stage, store, sinks);
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        KeyValueStore<Bytes, byte[]> bytes = context.getStateStore(store);
        StoreState state = new StoreState(bytes);
        StageRunner runner = new StageRunner(stage.get());
        Forwarder forwarder = new Forwarder(context, sinks);
        task = record -> {
            long offset = context.recordMetadata().orElseThrow().offset();
            StageRunner.Outcome outcome = runner.step(state, offset, record.key(), record.value());
            long timeMs = StageRunner.nowMs(state);
            forwarder.forward(outcome.outgoing(), timeMs > 0 ? timeMs : record.timestamp());
        };
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        task.process(record);
    }

    /** What {@code init} made, which dies with the task. */
    private interface Task {
        Task NONE = record -> {
            throw new IllegalStateException("process before init");
        };

        void process(Record<String, SpecificRecord> record);
    }
}
