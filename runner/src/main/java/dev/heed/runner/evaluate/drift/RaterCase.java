package dev.heed.runner.evaluate.drift;

import dev.heed.event.DriftKind;
import dev.heed.event.RaterKind;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.DriftDetected;
import dev.heed.policy.PressureRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulated raters on items whose answer is known: each rater labels each item, blind.
 *
 * @param raters how many
 * @param before items before the shift
 * @param after items after it
 * @param accuracy before the shift
 * @param shifted accuracy after it
 * @param drifting how many raters shift, the first ones
 */
record RaterCase(int raters, int before, int after, double accuracy, double shifted, int drifting) {
    static final long REQUIRED_MICROS = 800_000;
    static final long ALPHA_MICROS = 100;

    private static final List<String> CLASSES = List.of("right", "wrong");

    /**
     * What was found in one case.
     *
     * @param alarms all alarms, in order
     * @param firstAt items after the shift at which the first alarm came, from 1; 0 for none or before it
     * @param early alarms before the shift
     */
    record Found(List<DriftDetected> alarms, int firstAt, int early) {
        /** Whether there were alarms, all after the shift and all of this kind and of this subject. */
        boolean isOnly(DriftKind kind, String subject) {
            return early == 0
                    && !alarms.isEmpty()
                    && alarms.stream()
                            .allMatch(alarm -> alarm.getKind() == kind
                                    && alarm.getSubject().equals(subject));
        }

        long count(DriftKind kind) {
            return alarms.stream().filter(alarm -> alarm.getKind() == kind).count();
        }
    }

    static String rater(int index) {
        return "rater-" + index;
    }

    Found run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CalibrationTask task =
                new CalibrationTask(CLASSES, List.of(rule(DriftKind.RUBRIC_DRIFT), rule(DriftKind.RATER_DRIFT)));
        int early = 0;
        int firstAt = 0;
        for (int item = 0; item < before + after; item++) {
            answer(task, random, item);
            if (item < before) {
                early = task.alarms().size();
            } else if (firstAt == 0 && task.alarms().size() > early) {
                firstAt = item - before + 1;
            }
        }
        return new Found(task.alarms(), firstAt, early);
    }

    private void answer(CalibrationTask task, SplittableRandom random, int item) {
        String id = "item-" + item;
        List<SubmittedLabel> labels = new ArrayList<>();
        for (int i = 0; i < raters; i++) {
            // Nobody is always the first to answer.
            int rater = (item + i) % raters;
            double accuracyNow = item >= before && rater < drifting ? shifted : accuracy;
            labels.add(SubmittedLabel.newBuilder()
                    .setLabelId(id + "-" + rater)
                    .setRaterId(rater(rater))
                    .setRaterKind(RaterKind.HUMAN)
                    .setClassName(random.nextDouble() < accuracyNow ? "right" : "wrong")
                    .setBlind(true)
                    .build());
        }
        task.send(new GoldAssigned(id, CalibrationTask.QUESTION, "right", ""));
        task.send(new LabelsSubmitted(id, CalibrationTask.QUESTION, 1_000_000L, labels));
    }

    private static PressureRule rule(DriftKind kind) {
        return PressureRule.newBuilder()
                .setKind(kind)
                .setAlphaMicros(ALPHA_MICROS)
                .setLimitMicros(REQUIRED_MICROS)
                .build();
    }
}
