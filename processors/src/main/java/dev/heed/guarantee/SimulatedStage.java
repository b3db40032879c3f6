package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.StageRunner;
import java.util.List;
import java.util.Objects;

/** A stage's task. After a crash its state is rebuilt from its committed facts alone, and its clock from its journal. */
final class SimulatedStage extends SimulatedTask {
    private final StageRunner runner;
    private MemoryState state = new MemoryState();

    SimulatedStage(SimulatedTopics topics, StageRunner runner, int partition) {
        super(topics, List.of(runner.stage().journal()), partition);
        this.runner = runner;
    }

    String name() {
        return runner.stage().name();
    }

    @Override
    List<Outgoing> process(Channel input, LogView.Logged record) {
        return runner.step(
                        state,
                        record.offset(),
                        Objects.requireNonNullElse(record.key(), ""),
                        Objects.requireNonNull(record.value()))
                .outgoing();
    }

    @Override
    void recover() {
        state = new MemoryState();
        log(runner.stage().facts()).forEach(fact -> runner.apply(state, Objects.requireNonNull(fact.value())));
        committedInput(0).forEach(record -> runner.advanceClock(state, Objects.requireNonNull(record.value())));
    }

    @Override
    MemoryState state() {
        return state;
    }
}
