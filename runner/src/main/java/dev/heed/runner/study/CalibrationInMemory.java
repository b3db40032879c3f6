package dev.heed.runner.study;

import dev.heed.calibration.CalibrationStage;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.core.StateReader;
import dev.heed.journal.CalibrationEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The calibration stage itself with its state in memory, and a journal of one question. */
public final class CalibrationInMemory {
    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final Envelope envelope = new Envelope(CalibrationEvent.getClassSchema());
    private final MemoryState state = new MemoryState();
    private final String questionId;
    private long offset;

    public CalibrationInMemory(String questionId) {
        this.questionId = questionId;
    }

    /** Decides one event and applies what was decided. */
    public StageRunner.Outcome step(SpecificRecord event) {
        return runner.step(state, offset++, questionId, envelope.wrap(event));
    }

    /** As {@link #step}; the facts it led to. */
    public List<SpecificRecord> facts(SpecificRecord event) {
        List<SpecificRecord> facts = new ArrayList<>();
        for (SpecificRecord fact : step(event).facts()) {
            facts.add(runner.fact(fact));
        }
        return facts;
    }

    public StateReader state() {
        return state;
    }
}
