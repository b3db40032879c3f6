package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.event.Coordinates;
import dev.heed.intake.Decoded;
import dev.heed.intake.Delivery;
import dev.heed.intake.Intake;
import dev.heed.intake.Lane;
import dev.heed.intake.PublicInput;
import dev.heed.serde.AvroBytes;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** An intake task. Its filter of seen events has no facts, so a crash brings back a copy, as a changelog would. */
final class SimulatedIntake extends SimulatedTask {
    private final Intake intake;
    private MemoryState state = new MemoryState();
    private MemoryState committedState = new MemoryState();

    SimulatedIntake(SimulatedTopics topics, Intake intake, Lane lane, int partition) {
        super(topics, lane.inputs().stream().map(PublicInput::channel).toList(), partition);
        this.intake = intake;
    }

    @Override
    List<Outgoing> process(Channel input, LogView.Logged record) {
        return intake.receive(state, delivery(input, record)).outgoing();
    }

    private static Delivery delivery(Channel input, LogView.Logged record) {
        PublicInput publicInput = Arrays.stream(PublicInput.values())
                .filter(each -> each.channel() == input)
                .findFirst()
                .orElseThrow();
        Coordinates source = new Coordinates(record.topic(), record.partition(), record.offset());
        SpecificRecord value = record.value();
        return value == null
                ? new Delivery(
                        publicInput, source, record.key(), null, new Decoded.Undecodable("no_value", "value: none"))
                : new Delivery(publicInput, source, record.key(), AvroBytes.of(value), new Decoded.Event(value));
    }

    @Override
    void committed() {
        committedState = copy(state);
    }

    @Override
    void recover() {
        state = copy(committedState);
    }

    private static MemoryState copy(MemoryState from) {
        MemoryState copy = new MemoryState();
        from.entries().forEach(copy::put);
        return copy;
    }

    @Override
    MemoryState state() {
        return state;
    }
}
