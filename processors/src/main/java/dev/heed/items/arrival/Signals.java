package dev.heed.items.arrival;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.SignalKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.SignalRecorded;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Said;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.DetectorBinding;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Brings signals to their item, and makes verdicts of those that answer a question. */
public final class Signals implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof SignalAccepted signal)) {
            return;
        }
        if (signal.getKind() == SignalKind.UNKNOWN) {
            throw new NotUpgraded("signal " + signal.getEventId() + " is of a kind that only a newer version knows");
        }
        if (signal.getInteractionId() == null) {
            // About a slice: there is no aggregate to hold it yet.
            step.emit(new SignalRecorded(signal, null, null));
            return;
        }
        Item item = Items.find(step.state(), signal.getInteractionId());
        if (item == null) {
            return; // Parking keeps it.
        }
        if (item.getSignalIds().contains(signal.getEventId())) {
            step.ignoreDuplicate();
        } else if (item.getSignalIds().size() >= VerdictLabels.MAX_SIGNALS) {
            step.refuse(
                    "signals_full",
                    "interaction_id: " + signal.getInteractionId() + " holds " + VerdictLabels.MAX_SIGNALS
                            + " signals (expected: no more)");
        } else {
            record(step, item, signal);
        }
    }

    private static void record(Step step, Item item, SignalAccepted signal) {
        String questionId = signal.getQuestionId();
        if (questionId == null) {
            step.emit(new SignalRecorded(signal, null, null));
            return;
        }
        Question question = Questions.orRefuse(step, item, questionId);
        if (question == null) {
            return;
        }
        if (signal.getClassName() == null && signal.getScoreMicros() == null) {
            step.emit(new SignalRecorded(signal, null, null));
            return;
        }
        String className = className(step, question, signal);
        if (className != null) {
            SubmittedLabel label = VerdictLabels.label(
                    step.state(),
                    signal.getEventId(),
                    signal.getDetectorId(),
                    null,
                    new Said(className, List.of(), null),
                    threshold(step, question, signal),
                    question.getRubricVersion());
            step.emit(new SignalRecorded(signal, label, VerdictLabels.forCalibration(item, questionId, label)));
        }
    }

    /** The class the signal says, or null after a refusal. */
    private static @Nullable String className(Step step, Question question, SignalAccepted signal) {
        String said = signal.getClassName();
        if (said == null) {
            DetectorBinding binding = binding(step, question, signal.getDetectorId());
            if (binding == null) {
                step.refuse(
                        "detector_unbound",
                        "detector_id: " + signal.getDetectorId() + " gave a score, and policy "
                                + step.policy().getPolicyVersion() + " has no threshold for it on "
                                + question.getQuestionId() + " (expected: a detector of the policy, or a class_name)");
                return null;
            }
            Long score = signal.getScoreMicros();
            boolean positive = score != null && score >= binding.getThresholdMicros();
            said = positive ? binding.getPositiveClass() : binding.getNegativeClass();
        }
        return Questions.hasClassOrRefuse(step, question, said) ? said : null;
    }

    /** The threshold that made the score a class, or null when the detector said the class itself. */
    private static @Nullable Long threshold(Step step, Question question, SignalAccepted signal) {
        DetectorBinding binding = binding(step, question, signal.getDetectorId());
        return signal.getClassName() != null || binding == null ? null : binding.getThresholdMicros();
    }

    private static @Nullable DetectorBinding binding(Step step, Question question, String detectorId) {
        for (DetectorBinding each : step.policy().getDetectors()) {
            if (each.getDetectorId().equals(detectorId) && each.getQuestionId().equals(question.getQuestionId())) {
                return each;
            }
        }
        return null;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (!(fact instanceof SignalRecorded recorded)) {
            return;
        }
        SignalAccepted signal = recorded.getSignal();
        if (signal.getInteractionId() == null) {
            return;
        }
        VerdictLabels.remember(state, signal.getInteractionId(), signal.getEventId());
        if (recorded.getLabel() != null && signal.getQuestionId() != null) {
            VerdictLabels.hold(
                    state,
                    signal.getInteractionId(),
                    signal.getQuestionId(),
                    recorded.getLabel(),
                    signal.getOccurredAtMs());
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof SignalRecorded recorded && recorded.getLabels() != null) {
            CalibrationEvent event = new CalibrationEvent();
            event.setLabels(recorded.getLabels());
            out.send(Channel.CALIBRATION_JOURNAL, recorded.getLabels().getQuestionId(), event);
        }
    }
}
