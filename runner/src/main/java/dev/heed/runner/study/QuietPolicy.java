package dev.heed.runner.study;

import dev.heed.event.FeedbackKind;
import dev.heed.intake.shape.Limits;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;

/** A policy with one question that never asks for a label: a study brings its own, and each leads to a judgment. */
public final class QuietPolicy {
    private static final long UNIT_MICROS = 1_000_000;
    private static final long A_DAY_MS = 86_400_000;
    private static final String POOL = "study";

    private QuietPolicy() {}

    /** A question whose labels cost more than any is worth; each wrong answer loses one. */
    public static Question.Builder question(String questionId, FeedbackKind kind, List<String> classes) {
        List<LossRow> loss = new ArrayList<>();
        for (String action : classes) {
            loss.add(new LossRow(
                    action,
                    classes.stream()
                            .map(truth -> truth.equals(action) ? 0L : UNIT_MICROS)
                            .toList()));
        }
        return Question.newBuilder()
                .setQuestionId(questionId)
                .setClasses(classes)
                .setKind(kind)
                .setLoss(loss)
                .setLabelCostMicros(Limits.LOSS_MICROS)
                .setMinRaters(1)
                .setMaxRaters(Limits.RATERS)
                .setLookAhead(1)
                .setPool(POOL)
                .setRubricVersion("1");
    }

    /** @param nowMs when it is said to have been made, milliseconds since the epoch */
    public static Policy.Builder policy(String name, long nowMs, Question question) {
        return Policy.newBuilder()
                .setEventId(name + "-policy")
                .setPolicyVersion(1)
                .setName(name)
                .setOccurredAtMs(nowMs)
                .setQuestions(List.of(question))
                .setPools(List.of(pool()))
                .setEscalationLevels(List.of())
                .setExplorationMicros(0)
                .setNoveltyHalfLifeMs(1)
                .setHoldoutMicros(0)
                .setMaxParked(Limits.RATERS)
                .setParkMs(A_DAY_MS);
    }

    private static Pool pool() {
        return Pool.newBuilder()
                .setPool(POOL)
                .setBudgetPerHour(1)
                .setBucketCapacity(1)
                .setExplorationShareMicros(0)
                .setHorizonMs(A_DAY_MS)
                .setMinPriceMicros(0)
                .setPriceSmoothingMicros(UNIT_MICROS)
                .setMaxPriceStepMicros(UNIT_MICROS)
                .setQueueCapacity(1)
                .setLeaseMs(A_DAY_MS)
                .setRetryAfterMs(A_DAY_MS)
                .setRequestTtlMs(A_DAY_MS)
                .build();
    }
}
