package dev.heed.queues;

import dev.heed.event.FeedbackKind;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import java.util.List;

/** Policies for the stories: one pool that earns a label a second, and questions with a small cost. */
public final class QueuePolicies {
    public static final String POOL = "safety";
    public static final String QUESTION = "violation";
    /** A question whose tasks wait for no price. */
    public static final String STUDY = "study";

    public static final long LABEL_COST_MICROS = 10_000;
    static final long RETRY_AFTER_MS = 120_000;

    private QueuePolicies() {}

    public static Pool.Builder pool(String name) {
        return Pool.newBuilder()
                .setPool(name)
                .setBudgetPerHour(3600)
                .setBucketCapacity(10)
                .setExplorationShareMicros(Micros.ONE / 5)
                .setHorizonMs(600_000)
                .setMinPriceMicros(1_000)
                .setPriceSmoothingMicros(Micros.ONE / 5)
                .setMaxPriceStepMicros(Micros.ONE / 10)
                .setQueueCapacity(20)
                .setLeaseMs(60_000)
                .setRetryAfterMs(RETRY_AFTER_MS)
                .setRequestTtlMs(300_000);
    }

    public static Policy policy(int version, Pool... pools) {
        return Policy.newBuilder()
                .setEventId("policy-" + version)
                .setPolicyVersion(version)
                .setName("story")
                .setOccurredAtMs(0)
                .setQuestions(List.of(question(QUESTION, false), question(STUDY, true)))
                .setPools(List.of(pools))
                .setEscalationLevels(List.of())
                .setExplorationMicros(Micros.ONE / 10)
                .setNoveltyHalfLifeMs(3_600_000)
                .setHoldoutMicros(0)
                .build();
    }

    private static Question question(String id, boolean alwaysReview) {
        return Question.newBuilder()
                .setQuestionId(id)
                .setClasses(List.of("no", "yes"))
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of())
                .setLabelCostMicros(LABEL_COST_MICROS)
                .setMinRaters(1)
                .setMaxRaters(5)
                .setLookAhead(3)
                .setPool(POOL)
                .setRubricVersion("rubric-1")
                .setAlwaysReview(alwaysReview)
                .build();
    }
}
