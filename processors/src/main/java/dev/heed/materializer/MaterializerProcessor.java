package dev.heed.materializer;

import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.out.Content;
import dev.heed.out.Delta;
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

/** Runs the materializer over one partition of {@code dataset-log} and {@code contents}. */
public final class MaterializerProcessor implements Processor<String, @Nullable SpecificRecord, String, Routed> {
    private final String store;
    private final Sinks sinks;
    private @Nullable State state;
    private @Nullable Forwarder forwarder;

    private MaterializerProcessor(String store, Sinks sinks) {
        this.store = store;
        this.sinks = sinks;
    }

    /** @param store name of the materializer's store */
    public static ProcessorSupplier<String, @Nullable SpecificRecord, String, Routed> supplier(
            String store, Sinks sinks) {
        return () -> new MaterializerProcessor(store, sinks);
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        state = new StoreState(context.getStateStore(store));
        forwarder = new Forwarder(context, sinks);
    }

    @Override
    public void process(Record<String, @Nullable SpecificRecord> record) {
        if (state == null || forwarder == null) {
            throw new IllegalStateException("process before init");
        }
        List<Outgoing> outgoing = new ArrayList<>();
        if (record.value() instanceof Delta delta) {
            Materializer.onDelta(state, delta, outgoing::add);
        } else {
            Materializer.onContent(state, record.key(), (Content) record.value(), outgoing::add);
        }
        forwarder.forward(outgoing, record.timestamp());
    }
}
