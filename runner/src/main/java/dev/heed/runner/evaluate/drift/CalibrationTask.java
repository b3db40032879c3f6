package dev.heed.runner.evaluate.drift;

import dev.heed.event.FeedbackKind;
import dev.heed.fact.DriftFound;
import dev.heed.out.DriftDetected;
import dev.heed.policy.Policy;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.runner.study.CalibrationInMemory;
import dev.heed.runner.study.QuietPolicy;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One task of the real calibration stage with one question, and the alarms it raises. */
final class CalibrationTask {
    static final String QUESTION = "question";

    private final CalibrationInMemory stage = new CalibrationInMemory(QUESTION);
    private final List<DriftDetected> alarms = new ArrayList<>();

    CalibrationTask(List<String> classes, List<PressureRule> pressures) {
        send(policy(classes, pressures));
    }

    void send(SpecificRecord event) {
        for (SpecificRecord fact : stage.facts(event)) {
            if (fact instanceof DriftFound found) {
                alarms.add(found.getDrift());
            }
        }
    }

    /** All alarms so far, in order. */
    List<DriftDetected> alarms() {
        return alarms;
    }

    private static Policy policy(List<String> classes, List<PressureRule> pressures) {
        Question question = QuietPolicy.question(QUESTION, FeedbackKind.LABEL, classes)
                .setPressures(pressures)
                .build();
        return QuietPolicy.policy("simulated", 0, question).build();
    }
}
