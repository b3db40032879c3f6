package dev.heed.bench.faults;

import dev.heed.event.Dataset;
import dev.heed.event.FeedbackKind;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import dev.heed.runner.study.QuietPolicy;
import java.util.List;

/**
 * Two questions, asked of people and judged after two labels, that make rows of every answer but a tie. One dataset takes
 * no more than {@link #CAP} rows of the only model to train on and as many held out, so that rows wait for room.
 */
final class FaultPolicy {
    static final String POOL = "pool";
    static final String VIOLATION = "violation";
    static final String PREFERENCE = "preference";
    static final List<String> LABELS = List.of("ok", "violation");
    static final List<String> PREFERENCES = List.of("A", "B", "TIE");

    /** Most rows of {@link Dataset#SFT} on each side. */
    static final int CAP = 20;

    private FaultPolicy() {}

    static Policy policy(long nowMs) {
        Question violation = question(VIOLATION, LABELS, FeedbackKind.LABEL, 1)
                .setEscalates(true)
                .setRows(List.of(
                        new RowRule(Dataset.GUARDRAIL, List.of(), 0L),
                        new RowRule(Dataset.BINARY, List.of(), 0L),
                        new RowRule(Dataset.SFT, List.of(LABELS.get(0)), 0L)))
                .build();
        Question preference = question(PREFERENCE, PREFERENCES, FeedbackKind.PREFERENCE, 2)
                .setRows(List.of(new RowRule(Dataset.PREFERENCE, PREFERENCES.subList(0, 2), 0L)))
                .build();
        Pool pool = new Pool(
                POOL, 3_600, 100, 100_000L, 60_000L, 1_000L, 200_000L, 250_000L, 100, 60_000L, 60_000L, 120_000L,
                50_000L, 250_000L, 200, 40);
        return Policy.newBuilder()
                .setEventId("faults-policy")
                .setPolicyVersion(1)
                .setName("faults")
                .setOccurredAtMs(nowMs)
                .setQuestions(List.of(violation, preference))
                .setPools(List.of(pool))
                .setEscalationLevels(List.of(EscalationLevel.newBuilder()
                        .setName("first")
                        .setRiskThresholdMicros(400_000L)
                        .setAckTimeoutMs(5_000L)
                        .build()))
                .setExplorationMicros(100_000L)
                .setNoveltyHalfLifeMs(3_600_000L)
                .setHoldoutMicros(200_000L)
                .setDatasets(List.of(DatasetRule.newBuilder()
                        .setDataset(Dataset.SFT)
                        .setSourceCaps(List.of(new SourceCap(RowSource.MODEL, CAP)))
                        .build()))
                .build();
    }

    private static Question.Builder question(String id, List<String> classes, FeedbackKind kind, int candidates) {
        return QuietPolicy.question(id, kind, classes)
                .setLabelCostMicros(20_000L)
                .setMinRaters(2)
                .setMaxRaters(5)
                .setLookAhead(3)
                .setPool(POOL)
                .setCandidates(candidates);
    }
}
