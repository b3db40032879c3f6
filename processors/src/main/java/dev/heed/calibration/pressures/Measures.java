package dev.heed.calibration.pressures;

import dev.heed.event.Dimension;
import dev.heed.journal.JudgedObservation;
import dev.heed.math.MeanShift;
import dev.heed.math.Micros;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.PressureStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each kind of pressure measures of a judgment, and of what. */
final class Measures {
    /** Most slices of one item that are told apart; α is shared out among them. */
    static final int MAX_SLICES_PER_ITEM = 8;

    private Measures() {}

    /** A slice, template, model or class, or the question as a whole. */
    record Subject(Dimension dimension, String name) {}

    /** What the judgment is counted for. */
    static List<Subject> subjects(PressureRule rule, JudgedObservation judged) {
        List<Subject> subjects = new ArrayList<>();
        switch (rule.getKind()) {
            case REFUSAL_SHORTCUT -> add(subjects, Dimension.MODEL, judged.getModel());
            case TEMPLATE_OVERFIT, POLICY_AMBIGUITY ->
                rule.getDimensions().forEach(dimension -> addAll(subjects, dimension, rule, judged));
            default -> add(subjects, Dimension.QUESTION, judged.getQuestionId());
        }
        return subjects.subList(0, Math.min(subjects.size(), rule.getMaxSubjects()));
    }

    private static void addAll(
            List<Subject> subjects, Dimension dimension, PressureRule rule, JudgedObservation judged) {
        switch (dimension) {
            case SLICE ->
                judged.getSlices().stream()
                        .filter(slice ->
                                rule.getSlices().isEmpty() || rule.getSlices().contains(slice))
                        .limit(MAX_SLICES_PER_ITEM)
                        .forEach(slice -> add(subjects, dimension, slice));
            case LANGUAGE -> add(subjects, dimension, judged.getLanguage());
            case TEMPLATE -> add(subjects, dimension, judged.getTemplate());
            case MODEL -> add(subjects, dimension, judged.getModel());
            case CLASS -> add(subjects, dimension, judged.getClassName());
            case QUESTION, RATER, UNKNOWN ->
                throw new IllegalStateException("items are not told apart by " + dimension);
        }
    }

    private static void add(List<Subject> subjects, Dimension dimension, String name) {
        if (!name.isEmpty()) {
            subjects.add(new Subject(dimension, name));
        }
    }

    /** Among how many tests one judgment is counted at most: the parts that α is shared out in. */
    static int shares(PressureRule rule) {
        int shares = 0;
        for (Dimension each : rule.getDimensions()) {
            shares += each == Dimension.SLICE ? slices(rule) : 1;
        }
        return Math.max(1, Math.min(shares, rule.getMaxSubjects()));
    }

    private static int slices(PressureRule rule) {
        return rule.getSlices().isEmpty()
                ? MAX_SLICES_PER_ITEM
                : Math.min(MAX_SLICES_PER_ITEM, rule.getSlices().size());
    }

    /** The streams of a test that begins. Limits of 0 are to be learned. */
    static List<PressureStream> streams(Question question, PressureRule rule) {
        List<PressureStream> streams = new ArrayList<>();
        switch (rule.getKind()) {
            case REFUSAL_SHORTCUT -> streams.add(stream("rate", true, rule.getLimitMicros()));
            case PROXY_REWARD -> {
                streams.add(stream("reward", true, 0));
                streams.add(stream("judgment", false, 0));
            }
            case TEMPLATE_OVERFIT -> streams.add(stream("gap", true, rule.getMarginMicros()));
            case POLICY_AMBIGUITY -> streams.add(stream("agreement", false, rule.getLimitMicros()));
            default -> {
                for (String className : question.getClasses()) {
                    streams.add(stream(className, true, 0));
                    streams.add(stream(className, false, 0));
                }
            }
        }
        return streams;
    }

    private static PressureStream stream(String name, boolean rises, long limitMicros) {
        return new PressureStream(name, rises, 0L, limitMicros, 0L, MeanShift.start());
    }

    /** What each stream observes, in micros; empty when the judgment says nothing of it. */
    static Optional<long[]> observed(Question question, PressureRule rule, JudgedObservation judged) {
        return switch (rule.getKind()) {
            case POLICY_AMBIGUITY ->
                Optional.ofNullable(judged.getPeopleAgree()).map(agree -> new long[] {one(agree)});
            case PROXY_REWARD ->
                Optional.ofNullable(judged.getRewardMicros())
                        .map(reward -> new long[] {reward, one(counts(rule, judged))});
            case FEEDBACK_DRIFT -> Optional.of(perClass(question, judged));
            default -> Optional.of(new long[] {one(counts(rule, judged))});
        };
    }

    private static long[] perClass(Question question, JudgedObservation judged) {
        long[] observed = new long[2 * question.getClasses().size()];
        for (int i = 0; i < observed.length; i++) {
            observed[i] = one(question.getClasses().get(i / 2).equals(judged.getClassName()));
        }
        return observed;
    }

    private static boolean counts(PressureRule rule, JudgedObservation judged) {
        return rule.getClasses().contains(judged.getClassName());
    }

    private static long one(boolean holds) {
        return holds ? Micros.ONE : 0;
    }
}
