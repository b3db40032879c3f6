package dev.heed.calibration.alerts;

import dev.heed.calibration.Alarm;
import dev.heed.calibration.PressureRules;
import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.fact.DriftFound;
import dev.heed.journal.SignalAccepted;
import dev.heed.math.DetectorLog;
import dev.heed.out.DriftMeasure;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.OutsideAlerts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Alerts on slices from monitors outside the loop. Their evidence is their own; what they do is the policy's. */
final class Outside {
    /** Most ids of signals kept per question and slice, to know repeats by. */
    static final int MAX_IDS = 16;

    private Outside() {}

    static void decide(Step step, SignalAccepted signal) {
        String slice = Objects.requireNonNull(signal.getSlice());
        boolean watched = false;
        boolean repeated = false;
        for (Question question : step.policy().getQuestions()) {
            PressureRule rule = PressureRules.find(question, DriftKind.EXTERNAL);
            boolean meant =
                    signal.getQuestionId() == null || signal.getQuestionId().equals(question.getQuestionId());
            if (rule != null && meant && speaksOf(rule, slice)) {
                watched = true;
                OutsideAlerts before = read(step.state(), question.getQuestionId(), slice);
                repeated |= before.getEventIds().contains(signal.getEventId());
                if (!before.getEventIds().contains(signal.getEventId())) {
                    alarm(question, rule, signal, slice, before).emit(step, signal.getEventId());
                }
            }
        }
        if (repeated && step.facts().isEmpty()) {
            step.ignoreDuplicate();
        } else if (!watched) {
            step.refuse(
                    "alert_unwatched",
                    "slice: " + slice + " (expected: a question with a pressure of kind EXTERNAL that watches it)");
        }
    }

    private static boolean speaksOf(PressureRule rule, String slice) {
        return rule.getSlices().isEmpty() || rule.getSlices().contains(slice);
    }

    private static Alarm alarm(
            Question question, PressureRule rule, SignalAccepted signal, String slice, OutsideAlerts before) {
        List<DriftMeasure> measures = signal.getScoreMicros() == null
                ? List.of()
                : List.of(new DriftMeasure(signal.getDetectorId(), signal.getScoreMicros(), 0L));
        return new Alarm(
                question,
                rule,
                Dimension.SLICE,
                slice,
                before.getOccurrence() + 1,
                DetectorLog.NONE,
                0,
                0,
                measures,
                signal.getOccurredAtMs());
    }

    static void found(State state, DriftFound found) {
        String questionId = found.getDrift().getQuestionId();
        String slice = found.getDrift().getSubject();
        List<String> ids = new ArrayList<>(read(state, questionId, slice).getEventIds());
        ids.add(found.getSignalId());
        state.put(
                key(questionId, slice),
                new OutsideAlerts(
                        found.getDrift().getOccurrence(),
                        List.copyOf(ids.subList(Math.max(0, ids.size() - MAX_IDS), ids.size()))));
    }

    private static OutsideAlerts read(StateReader state, String questionId, String slice) {
        OutsideAlerts held = state.get(key(questionId, slice), OutsideAlerts.class);
        return held == null ? new OutsideAlerts(0, List.of()) : held;
    }

    private static String key(String questionId, String slice) {
        return Keys.of("outside", questionId, slice);
    }
}
