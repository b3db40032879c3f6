package dev.heed.intake;

import dev.heed.core.StageRunner;
import dev.heed.event.Coordinates;
import dev.heed.stream.Forwarder;
import dev.heed.stream.Routed;
import dev.heed.stream.Sinks;
import dev.heed.stream.StoreState;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Runs intake over one partition of the public inputs of a lane; in the urgent one also the clock of that partition of all journals. */
public final class IntakeProcessor implements Processor<byte[], byte[], String, Routed> {
    /**
     * What an intake task is made of.
     *
     * @param intake makes the decision anew for each task
     * @param decoder shared by all tasks
     * @param inputs the public inputs by the names of their topics
     * @param clockMs the only clock of the loop, milliseconds since the epoch
     * @param store name of the task's store
     */
    public record Setup(
            Maker intake,
            RecordDecoder decoder,
            Map<String, PublicInput> inputs,
            LongSupplier clockMs,
            Duration tickInterval,
            String store,
            Sinks sinks) {}

    /** Makes what decides in a task. */
    @FunctionalInterface
    public interface Maker {
        /** @param startMs when the task starts, milliseconds since the epoch */
        Intake make(int partition, long startMs);
    }

    private final Setup setup;
    private Task task = Task.NONE;

    private IntakeProcessor(Setup setup) {
        this.setup = setup;
    }

    public static ProcessorSupplier<byte[], byte[], String, Routed> supplier(Setup setup) {
        return () -> new IntakeProcessor(setup);
    }

    @Override
    public void init(ProcessorContext<String, Routed> context) {
        KeyValueStore<Bytes, byte[]> bytes = context.getStateStore(setup.store());
        StoreState state = new StoreState(bytes);
        Intake intake = setup.intake()
                .make(context.taskId().partition(), setup.clockMs().getAsLong());
        Forwarder forwarder = new Forwarder(context, setup.sinks());
        context.schedule(setup.tickInterval(), PunctuationType.WALL_CLOCK_TIME, at -> {
            forwarder.forward(intake.tick(state, setup.clockMs().getAsLong()), StageRunner.nowMs(state));
        });
        task = record -> {
            Delivery delivery = delivery(context.recordMetadata().orElseThrow(), record);
            forwarder.forward(intake.receive(state, delivery).outgoing(), intake.nowMs(state));
        };
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        task.process(record);
    }

    private Delivery delivery(RecordMetadata at, Record<byte[], byte[]> record) {
        PublicInput input = Objects.requireNonNull(setup.inputs().get(at.topic()), at.topic());
        return new Delivery(
                input,
                new Coordinates(at.topic(), at.partition(), at.offset()),
                Delivery.text(record.key()),
                record.value(),
                setup.decoder().decode(input, at.topic(), record.value()));
    }

    /** What {@code init} made, which dies with the task. */
    private interface Task {
        Task NONE = record -> {
            throw new IllegalStateException("process before init");
        };

        void process(Record<byte[], byte[]> record);
    }
}
