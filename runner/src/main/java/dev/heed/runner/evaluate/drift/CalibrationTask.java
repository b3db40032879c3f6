package dev.heed.runner.evaluate.drift;

import dev.heed.calibration.CalibrationStage;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.event.FeedbackKind;
import dev.heed.fact.DriftFound;
import dev.heed.journal.CalibrationEvent;
import dev.heed.out.DriftDetected;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One task of the real calibration stage with one question, and the alarms it raises. */
final class CalibrationTask {
    static final String QUESTION = "question";

    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final Envelope envelope = new Envelope(CalibrationEvent.getClassSchema());
    private final MemoryState state = new MemoryState();
    private final List<DriftDetected> alarms = new ArrayList<>();
    private long offset;

    CalibrationTask(List<String> classes, List<PressureRule> pressures) {
        send(policy(classes, pressures));
    }

    void send(SpecificRecord event) {
        StageRunner.Outcome outcome = runner.step(state, offset++, QUESTION, envelope.wrap(event));
        for (SpecificRecord fact : outcome.facts()) {
            if (runner.fact(fact) instanceof DriftFound found) {
                alarms.add(found.getDrift());
            }
        }
    }

    /** All alarms so far, in order. */
    List<DriftDetected> alarms() {
        return alarms;
    }

    private static Policy policy(List<String> classes, List<PressureRule> pressures) {
        Question question = Question.newBuilder()
                .setQuestionId(QUESTION)
                .setClasses(classes)
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of(
                        new LossRow("leave", classes.stream().map(each -> 0L).toList())))
                .setLabelCostMicros(0)
                .setMinRaters(1)
                .setMaxRaters(8)
                .setLookAhead(1)
                .setPool("pool")
                .setRubricVersion("1")
                .setPressures(pressures)
                .build();
        return Policy.newBuilder()
                .setEventId("policy")
                .setPolicyVersion(1)
                .setName("simulated")
                .setOccurredAtMs(0)
                .setQuestions(List.of(question))
                .setPools(List.of())
                .setEscalationLevels(List.of())
                .setExplorationMicros(0)
                .setNoveltyHalfLifeMs(1)
                .setHoldoutMicros(0)
                .build();
    }
}
