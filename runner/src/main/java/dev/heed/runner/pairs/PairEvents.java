package dev.heed.runner.pairs;

import dev.heed.event.Action;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Dataset;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.RaterKind;
import dev.heed.event.Seal;
import dev.heed.intake.shape.Limits;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import java.util.ArrayList;
import java.util.List;

/** A set of pairs as events of the loop: one preference question that asks for no label beyond those that come. */
final class PairEvents {
    static final String QUESTION = "preference";

    private static final List<String> CLASSES = List.of("first", "second", "tie");
    private static final String POOL = "pairs";
    private static final String SUBJECT = "everybody";
    private static final long UNIT_MICROS = 1_000_000;
    private static final long A_DAY_MS = 86_400_000;
    private static final int MOST_RATERS = 16;

    private final long nowMs;

    /** @param nowMs when all of it is said to happen, milliseconds since the epoch */
    PairEvents(long nowMs) {
        this.nowMs = nowMs;
    }

    Policy policy() {
        List<LossRow> loss = new ArrayList<>();
        for (String action : CLASSES) {
            loss.add(new LossRow(
                    action,
                    CLASSES.stream()
                            .map(truth -> truth.equals(action) ? 0L : UNIT_MICROS)
                            .toList()));
        }
        Question question = Question.newBuilder()
                .setQuestionId(QUESTION)
                .setClasses(CLASSES)
                .setKind(FeedbackKind.PREFERENCE)
                .setLoss(loss)
                .setLabelCostMicros(Limits.LOSS_MICROS)
                .setMinRaters(1)
                .setMaxRaters(MOST_RATERS)
                .setLookAhead(1)
                .setPool(POOL)
                .setCandidates(2)
                .setRubricVersion("1")
                .setRows(List.of(rule(Dataset.PREFERENCE), rule(Dataset.SFT)))
                .build();
        return Policy.newBuilder()
                .setEventId("pairs-policy")
                .setPolicyVersion(1)
                .setName("pairs")
                .setOccurredAtMs(nowMs)
                .setQuestions(List.of(question))
                .setPools(List.of(pool()))
                .setEscalationLevels(List.of())
                .setExplorationMicros(0)
                .setNoveltyHalfLifeMs(1)
                .setHoldoutMicros(100_000)
                .setMaxParked(MOST_RATERS)
                .setParkMs(A_DAY_MS)
                .build();
    }

    /** A tie prefers neither, so it makes no row. */
    private static RowRule rule(Dataset dataset) {
        return RowRule.newBuilder()
                .setDataset(dataset)
                .setClasses(CLASSES.subList(0, 2))
                .setMinBeliefMicros(500_000L)
                .build();
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

    String subject() {
        return SUBJECT;
    }

    Consent consent() {
        return new Consent("pairs-consent", SUBJECT, ConsentKind.GRANT, List.of(ConsentScope.TRAIN), nowMs, "");
    }

    Interaction interaction(int number, Pair pair) {
        return Interaction.newBuilder()
                .setEventId("interaction-" + number)
                .setInteractionId(id(number))
                .setSubjectId(SUBJECT)
                .setOccurredAtMs(nowMs)
                .setPrompt(pair.prompt())
                .setCandidates(List.of(candidate("first", pair.first()), candidate("second", pair.second())))
                .build();
    }

    private static Candidate candidate(String id, String text) {
        return Candidate.newBuilder()
                .setCandidateId(id)
                .setModelId("unknown")
                .setText(text)
                .build();
    }

    List<Feedback> votes(int number, Pair pair) {
        List<Feedback> votes = new ArrayList<>();
        for (int rater = 0; rater < pair.votes().size(); rater++) {
            int vote = pair.votes().get(rater);
            votes.add(Feedback.newBuilder()
                    .setEventId("vote-" + number + "-" + rater)
                    .setInteractionId(id(number))
                    .setQuestionId(QUESTION)
                    .setRaterId("rater-" + rater)
                    .setRaterKind(RaterKind.HUMAN)
                    .setKind(FeedbackKind.PREFERENCE)
                    .setClassName(vote == 1 ? "first" : vote == 2 ? "second" : "tie")
                    .setOccurredAtMs(nowMs)
                    .build());
        }
        return votes;
    }

    Action seal(String dataset) {
        return Action.newBuilder()
                .setEventId("seal-" + dataset)
                .setTargetId(dataset)
                .setActor("pairs")
                .setOccurredAtMs(nowMs)
                .setSeal(new Seal(dataset))
                .build();
    }

    private static String id(int number) {
        // Padded, so that rows come out in the order of the file.
        return "pair-%06d".formatted(number);
    }
}
