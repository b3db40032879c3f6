package dev.heed.runner.evaluate;

import dev.heed.calibration.CalibrationPolicy;
import dev.heed.calibration.CalibrationStage;
import dev.heed.calibration.Matrices;
import dev.heed.calibration.StoredCounts;
import dev.heed.calibration.agreement.Agreement;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefUpdated;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A study in the calibration stage itself, in memory: its labels in, and what the stage believes of its items. */
final class StudyBeliefs {
    private final LabelStudy study;
    private final StudyEvents events;
    private final Question question;
    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final MemoryState state = new MemoryState();
    private final Envelope envelope = new Envelope(CalibrationEvent.getClassSchema());
    private final Map<Integer, String> answers = new TreeMap<>();
    private long steps;

    StudyBeliefs(LabelStudy study) {
        this(study, FeedbackKind.LABEL);
    }

    /** @param kind what sort of feedback the labels are */
    StudyBeliefs(LabelStudy study, FeedbackKind kind) {
        this.study = study;
        this.events = new StudyEvents(study, kind, 0);
        Policy policy = events.policy();
        this.question = policy.getQuestions().get(0);
        step(policy);
    }

    Question question() {
        return question;
    }

    /** The number of the item of a label. */
    int itemOf(int label) {
        return events.itemOf(label);
    }

    /** Submits the label with this number; returns every belief that moved. */
    List<BeliefUpdated> submit(int label) {
        return step(new LabelsSubmitted(
                StudyEvents.interactionId(itemOf(label)),
                StudyEvents.QUESTION,
                Micros.ONE,
                List.of(events.submitted(label))));
    }

    private List<BeliefUpdated> step(SpecificRecord event) {
        List<BeliefUpdated> moved = new ArrayList<>();
        for (SpecificRecord fact : runner.step(state, steps++, StudyEvents.QUESTION, envelope.wrap(event))
                .facts()) {
            if (runner.fact(fact) instanceof BeliefUpdated told) {
                int item = StudyEvents.itemNumber(told.getInteractionId());
                answers.put(item, study.classes().get(Belief.argmax(shares(told))));
                moved.add(told);
            }
        }
        return moved;
    }

    static double[] shares(BeliefUpdated told) {
        return Micros.toDoubles(
                told.getBeliefMicros().stream().mapToLong(Long::longValue).toArray());
    }

    /** The likeliest label of each item; of one without labels, that of the class prior. */
    Map<String, String> answers() {
        String likeliest = study.classes().get(Belief.argmax(models().classPrior()));
        Map<String, String> byItem = new TreeMap<>();
        for (int item = 0; item < study.items().size(); item++) {
            byItem.put(study.items().get(item), answers.getOrDefault(item, likeliest));
        }
        return byItem;
    }

    private Matrices models() {
        return new Matrices(
                new StoredCounts(state, StudyEvents.QUESTION, study.classes().size()), CalibrationPolicy.of(question));
    }

    /** How much better than chance a rater is, 0 to 1. */
    double reliability(String worker) {
        return models().reliability(RaterKind.HUMAN, events.raterId(worker));
    }

    /** Krippendorff's nominal alpha; null when it is not defined. */
    @Nullable Double alpha() {
        Agreement agreement = Agreement.read(state, StudyEvents.QUESTION);
        return agreement.alpha().isPresent() ? (Double) agreement.alpha().getAsDouble() : null;
    }
}
