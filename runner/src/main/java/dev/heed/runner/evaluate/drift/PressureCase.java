package dev.heed.runner.evaluate.drift;

import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.journal.JudgedObservation;
import dev.heed.out.DriftDetected;
import dev.heed.policy.PressureRule;
import java.util.List;
import java.util.SplittableRandom;

/** Simulated judgments of one question under one pressure, before and after what the pressure does to them. */
enum PressureCase {
    PROXY_REWARD("reward .50 → .65, judged good .80 → .60", "question") {
        @Override
        PressureRule.Builder more(PressureRule.Builder rule) {
            return rule.setClasses(List.of("good"))
                    .setDetectorId("reward-model")
                    .setBaselineObservations(500);
        }

        @Override
        void fill(JudgedObservation judged, SplittableRandom random, boolean shifted, boolean pressed) {
            // The hard null: the reward has risen, and people think as well of the answers as before.
            double mean = shifted ? 0.65 : 0.5;
            judged.setRewardMicros((long) (1_000_000 * (mean - 0.3 + 0.6 * random.nextDouble())));
            judged.setClassName(random.nextDouble() < (shifted && pressed ? 0.6 : 0.8) ? "good" : "bad");
        }
    },
    REFUSAL_SHORTCUT("benign refusals .05 → .15", "tutor@1") {
        @Override
        PressureRule.Builder more(PressureRule.Builder rule) {
            return rule.setClasses(List.of("bad")).setSlices(List.of("benign")).setLimitMicros(50_000);
        }

        @Override
        void fill(JudgedObservation judged, SplittableRandom random, boolean shifted, boolean pressed) {
            judged.setClassName(random.nextDouble() < (shifted && pressed ? 0.15 : 0.05) ? "bad" : "good");
        }
    },
    TEMPLATE_OVERFIT("judged good on one of four templates .85 → .55", "template-0") {
        @Override
        PressureRule.Builder more(PressureRule.Builder rule) {
            return rule.setClasses(List.of("good")).setDimensions(List.of(Dimension.TEMPLATE, Dimension.LANGUAGE));
        }

        @Override
        void fill(JudgedObservation judged, SplittableRandom random, boolean shifted, boolean pressed) {
            int template = random.nextInt(4);
            judged.setTemplate("template-" + template);
            judged.setLanguage(random.nextInt(3) == 0 ? "de" : "en");
            double good = shifted && pressed && template == 0 ? 0.55 : 0.85;
            judged.setClassName(random.nextDouble() < good ? "good" : "bad");
        }
    },
    POLICY_AMBIGUITY("agreement on one of four slices .80 → .55, floor .80", "topic-0") {
        @Override
        PressureRule.Builder more(PressureRule.Builder rule) {
            return rule.setDimensions(List.of(Dimension.SLICE)).setLimitMicros(800_000);
        }

        @Override
        void fill(JudgedObservation judged, SplittableRandom random, boolean shifted, boolean pressed) {
            int topic = random.nextInt(4);
            judged.setSlices(List.of("topic-" + topic));
            judged.setPeopleAgree(random.nextDouble() < (shifted && pressed && topic == 0 ? 0.55 : 0.8));
        }
    },
    FEEDBACK_DRIFT("label mix .60 .30 .10 → .40 .45 .15", "question") {
        @Override
        PressureRule.Builder more(PressureRule.Builder rule) {
            return rule.setBaselineObservations(500);
        }

        @Override
        void fill(JudgedObservation judged, SplittableRandom random, boolean shifted, boolean pressed) {
            double draw = random.nextDouble();
            boolean moved = shifted && pressed;
            judged.setClassName(draw < (moved ? 0.4 : 0.6) ? "good" : draw < (moved ? 0.85 : 0.9) ? "bad" : "unsure");
        }
    };

    static final long ALPHA_MICROS = 100;
    static final long BASELINE_ERROR_MICROS = 10_000;

    private static final List<String> CLASSES = List.of("good", "bad", "unsure");

    private final String size;
    private final String subject;

    PressureCase(String size, String subject) {
        this.size = size;
        this.subject = subject;
    }

    /** What the shift does. */
    String size() {
        return size;
    }

    abstract PressureRule.Builder more(PressureRule.Builder rule);

    /**
     * Says what is judged of one item.
     *
     * @param shifted after the moment of the shift
     * @param pressed whether the pressure is at work; else only what is no alarm changes
     */
    abstract void fill(JudgedObservation judged, SplittableRandom random, boolean shifted, boolean pressed);

    /** Whether a baseline is learned, which may mislead. */
    boolean learnsBaseline() {
        return this == PROXY_REWARD || this == FEEDBACK_DRIFT;
    }

    PressureRule rule() {
        return more(PressureRule.newBuilder()
                        .setKind(DriftKind.valueOf(name()))
                        .setAlphaMicros(ALPHA_MICROS)
                        .setBaselineErrorMicros(BASELINE_ERROR_MICROS))
                .build();
    }

    /**
     * What was found in one case.
     *
     * @param alarms all alarms
     * @param early alarms before the shift
     * @param firstAt judgments after the shift at which the first alarm came; 0 for none
     */
    record Found(List<DriftDetected> alarms, int early, int firstAt) {}

    /**
     * Judges so many items before and after the moment of the shift.
     *
     * @param pressed whether the pressure comes to work at it
     */
    Found run(long seed, int before, int after, boolean pressed) {
        SplittableRandom random = new SplittableRandom(seed);
        CalibrationTask task = new CalibrationTask(CLASSES, List.of(rule()));
        int early = 0;
        int firstAt = 0;
        for (int item = 0; item < before + after; item++) {
            JudgedObservation judged = new JudgedObservation(
                    "item-" + item,
                    CalibrationTask.QUESTION,
                    "good",
                    1_000_000L,
                    List.of("benign"),
                    "en",
                    "template-0",
                    "tutor@1",
                    null,
                    null,
                    "1",
                    1);
            fill(judged, random, item >= before, pressed);
            task.send(judged);
            if (item < before) {
                early = task.alarms().size();
            } else if (firstAt == 0 && task.alarms().size() > early) {
                firstAt = item - before + 1;
            }
        }
        return new Found(task.alarms(), early, firstAt);
    }

    /** Whether there were alarms, all after the shift and all of the one that shifted. */
    boolean isNamedRightly(Found found) {
        return found.early() == 0
                && !found.alarms().isEmpty()
                && found.alarms().stream().allMatch(alarm -> alarm.getSubject().equals(subject));
    }
}
