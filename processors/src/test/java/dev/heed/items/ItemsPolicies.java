package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.event.Dataset;
import dev.heed.event.FeedbackKind;
import dev.heed.policy.AppealRules;
import dev.heed.policy.DetectorBinding;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import dev.heed.policy.RowRule;
import dev.heed.policy.SliceSeverity;
import java.util.List;

/** Policies in which every number is chosen for what a story shows. */
public final class ItemsPolicies {
    public static final String VIOLATION = "violation";
    public static final String PREFERENCE = "preference";
    public static final String RANKING = "ranking";
    public static final String RATING = "helpfulness";
    public static final String EDIT = "edit";
    public static final String ACCEPTABLE = "edit-acceptable";
    public static final String POOL = "safety";
    public static final String SENIOR = "senior";
    public static final long PARK_MS = 60_000;
    public static final long ACK_MS = 300_000;
    public static final long HALF_LIFE_MS = 3_600_000;

    private ItemsPolicies() {}

    /** Both questions, nothing explored, nothing held out. */
    public static Policy.Builder policy() {
        return Policy.newBuilder()
                .setEventId("policy-1")
                .setPolicyVersion(1)
                .setName("stories")
                .setOccurredAtMs(1)
                .setQuestions(List.of(violation().build(), preference().build()))
                .setPools(List.of(pool()))
                .setEscalationLevels(List.of(level("team", 4.0), level("lead", 4.7), level("director", 20)))
                .setDetectors(List.of(
                        new DetectorBinding("scorer", VIOLATION, 700_000L, "violation", "ok"),
                        new DetectorBinding("misbound", VIOLATION, 700_000L, "bad", "ok")))
                .setSeverities(List.of(new SliceSeverity("children", 2_000_000L), new SliceSeverity("jokes", 500_000L)))
                .setExplorationMicros(0)
                .setNoveltyHalfLifeMs(HALF_LIFE_MS)
                .setHoldoutMicros(0)
                .setMaxParked(3)
                .setParkMs(PARK_MS);
    }

    /**
     * Harm that was seen costs something whatever is done about it: with p the probability of a violation, allowing
     * costs 10 p and blocking 1 + 4 p, so risk is the lesser and rises with p.
     */
    public static Question.Builder violation() {
        return Question.newBuilder()
                .setQuestionId(VIOLATION)
                .setClasses(List.of("ok", "violation"))
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of(
                        new LossRow("allow", List.of(0L, 10_000_000L)),
                        new LossRow("block", List.of(1_000_000L, 5_000_000L))))
                .setLabelCostMicros(10_000)
                .setMinRaters(2)
                .setMaxRaters(3)
                .setLookAhead(3)
                .setPool(POOL)
                .setRubricVersion("r1")
                .setEscalates(true)
                .setRows(List.of(new RowRule(Dataset.GUARDRAIL, List.of(), 700_000L)));
    }

    public static Question.Builder preference() {
        return Question.newBuilder()
                .setQuestionId(PREFERENCE)
                .setClasses(List.of("A", "B", "TIE"))
                .setKind(FeedbackKind.PREFERENCE)
                .setLoss(List.of(
                        new LossRow("prefer A", List.of(0L, 1_000_000L, 300_000L)),
                        new LossRow("prefer B", List.of(1_000_000L, 0L, 300_000L)),
                        new LossRow("neither", List.of(500_000L, 500_000L, 0L))))
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(3)
                .setLookAhead(3)
                .setPool(POOL)
                .setRubricVersion("r7")
                .setCandidates(2)
                .setRows(List.of(
                        new RowRule(Dataset.PREFERENCE, List.of(), 500_000L),
                        new RowRule(Dataset.SFT, List.of("A", "B"), 900_000L)));
    }

    /** Which of three candidates is best; pairs that are likely enough train. */
    public static Question.Builder ranking() {
        return Question.newBuilder()
                .setQuestionId(RANKING)
                .setClasses(List.of("first", "second", "third"))
                .setKind(FeedbackKind.RANKING)
                .setLoss(List.of(
                        new LossRow("first", List.of(0L, 1_000_000L, 1_000_000L)),
                        new LossRow("second", List.of(1_000_000L, 0L, 1_000_000L)),
                        new LossRow("third", List.of(1_000_000L, 1_000_000L, 0L))))
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(3)
                .setLookAhead(3)
                .setPool(POOL)
                .setRubricVersion("r2")
                .setCandidates(3)
                .setRows(List.of(
                        new RowRule(Dataset.PREFERENCE, List.of(), 700_000L),
                        new RowRule(Dataset.SFT, List.of("first", "second"), 800_000L)));
    }

    /** A number from −2 to 2 in halves, which are nine numbers in three classes; without a loss matrix. */
    public static Question.Builder rating() {
        return Question.newBuilder()
                .setQuestionId(RATING)
                .setClasses(List.of("poor", "fair", "good"))
                .setKind(FeedbackKind.RATING)
                .setRating(new RatingScale(-2_000_000L, 2_000_000L, 500_000L))
                .setLoss(List.of())
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(3)
                .setLookAhead(3)
                .setPool(POOL)
                .setRubricVersion("r3")
                .setRows(List.of(
                        new RowRule(Dataset.BINARY, List.of(), 500_000L),
                        new RowRule(Dataset.SFT, List.of("good"), 600_000L)));
    }

    /** Two labels of others, once, within an hour, for ten minutes. */
    public static AppealRules appeals() {
        return AppealRules.newBuilder()
                .setRaters(2)
                .setWindowMs(3_600_000)
                .setDeadlineMs(600_000)
                .setLeastValueMicros(500_000)
                .build();
    }

    /** Better words, by at most two. */
    public static Question.Builder edit() {
        return Question.newBuilder()
                .setQuestionId(EDIT)
                .setClasses(List.of())
                .setKind(FeedbackKind.EDIT)
                .setLoss(List.of())
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(2)
                .setLookAhead(1)
                .setPool(POOL)
                .setRubricVersion("r4")
                .setJudgedBy(ACCEPTABLE);
    }

    /** Whether an edit is acceptable: asked of one, and of a second if the first leaves doubt. */
    public static Question.Builder acceptable() {
        return Question.newBuilder()
                .setQuestionId(ACCEPTABLE)
                .setClasses(List.of("accept", "reject"))
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of(
                        new LossRow("use", List.of(0L, 1_000_000L)), new LossRow("drop", List.of(1_000_000L, 0L))))
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(2)
                .setLookAhead(2)
                .setPool(POOL)
                .setRubricVersion("r5")
                .setAboutProposals(true)
                .setRows(List.of(
                        new RowRule(Dataset.PREFERENCE, List.of("accept"), 800_000L),
                        new RowRule(Dataset.SFT, List.of("accept"), 900_000L),
                        new RowRule(Dataset.CRITIQUE, List.of("accept"), 800_000L)));
    }

    /** Every kind of answer. */
    public static Policy.Builder everyKind() {
        return policy().setQuestions(List.of(
                violation().setAppeals(appeals()).setSeniorSkill(SENIOR).build(),
                preference().build(),
                ranking().build(),
                rating().build(),
                edit().build(),
                acceptable().build()));
    }

    /** The classes of a question. */
    public static List<String> classes(String questionId) {
        return everyKind().build().getQuestions().stream()
                .filter(question -> question.getQuestionId().equals(Keys.owner(questionId)))
                .findFirst()
                .orElseThrow()
                .getClasses();
    }

    public static Pool pool() {
        return new Pool(
                POOL,
                60,
                10,
                100_000L,
                3_600_000L,
                50_000L,
                500_000L,
                100_000L,
                100,
                600_000L,
                60_000L,
                60_000L,
                50_000L,
                250_000L,
                200,
                40);
    }

    public static EscalationLevel level(String name, double threshold) {
        return EscalationLevel.newBuilder()
                .setName(name)
                .setRiskThresholdMicros(Math.round(threshold * 1_000_000))
                .setAckTimeoutMs(ACK_MS)
                .build();
    }

    /** Only this question. */
    public static Policy only(Question question) {
        return policy().setQuestions(List.of(question)).build();
    }
}
