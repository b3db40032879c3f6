package dev.heed.intake;

import dev.heed.Policies;
import dev.heed.event.Action;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.GatePlan;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.PairedResult;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.event.SliceMargin;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One well-formed event of each public input. Whatever nobody may read behind intake holds the canary. */
final class Samples {
    static final String CANARY = "canary7f3a";
    static final long NOW_MS = 1_700_000_000_000L;

    private Samples() {}

    static Interaction interaction() {
        return Interaction.newBuilder()
                .setEventId("e-1")
                .setInteractionId("i-1")
                .setSubjectId("child-" + CANARY)
                .setOccurredAtMs(NOW_MS)
                .setLanguage("en-GB")
                .setSlices(List.of("math", "age:under-10", "math"))
                .setPrompt(List.of(new Message("system", "Help."), new Message("user", "What is 2 + 2?  " + CANARY)))
                .setCandidates(List.of(candidate("a", "Four. " + CANARY), candidate("b", "")))
                .build();
    }

    static Candidate candidate(String id, String text) {
        return Candidate.newBuilder()
                .setCandidateId(id)
                .setModelId("tutor")
                .setModelVersion("3")
                .setText(text)
                .build();
    }

    static Signal signal() {
        return Signal.newBuilder()
                .setEventId("s-1")
                .setInteractionId("i-1")
                .setKind(SignalKind.USER_REPORT)
                .setDetectorId("report-form")
                .setQuestionId("violation")
                .setScoreMicros(900_000L)
                .setOccurredAtMs(NOW_MS)
                .setText("this is rude " + CANARY)
                .build();
    }

    static Feedback feedback() {
        return Feedback.newBuilder()
                .setEventId("f-1")
                .setInteractionId("i-1")
                .setQuestionId("violation")
                .setRaterId("r-1")
                .setRaterKind(RaterKind.HUMAN)
                .setTaskId("pool|i-1|violation|r-1|1")
                .setKind(FeedbackKind.EDIT)
                .setText("Four! " + CANARY)
                .setOccurredAtMs(NOW_MS)
                .setDurationMs(4_000L)
                .build();
    }

    static RaterProfile rater() {
        return RaterProfile.newBuilder()
                .setEventId("p-1")
                .setRaterId("r-1")
                .setKind(RaterKind.HUMAN)
                .setPools(List.of("pool"))
                .setLanguages(List.of("en"))
                .setOccurredAtMs(NOW_MS)
                .build();
    }

    static Consent consent() {
        return new Consent(
                "c-1",
                "child-" + CANARY,
                ConsentKind.GRANT,
                List.of(ConsentScope.TRAIN, ConsentScope.REVIEW),
                NOW_MS,
                "");
    }

    static Policy policy() {
        Policy policy = Policies.of(1, Policies.question("violation", List.of("ok", "violation")));
        policy.setOccurredAtMs(NOW_MS);
        policy.setPools(List.of(new Pool(
                "pool", 60, 10, 100_000L, 60_000L, 0L, 200_000L, 250_000L, 100, 60_000L, 0L, 1_000L, 50_000L, 250_000L,
                200, 40)));
        return policy;
    }

    static Evaluation plan() {
        GatePlan plan = GatePlan.newBuilder()
                .setEventId("g-1")
                .setCandidateId("tutor-4")
                .setReferenceId("tutor-3")
                .setModelDigest("abc")
                .setMetric("helpful")
                .setAlphaMicros(50_000L)
                .setSlices(List.of(SliceMargin.newBuilder()
                        .setSlice("math")
                        .setMarginMicros(50_000L)
                        .setClusters(List.of("k-1", "k-2"))
                        .build()))
                .setDeadlineMs(NOW_MS + 1)
                .setOccurredAtMs(NOW_MS)
                .build();
        return new Evaluation(plan, null);
    }

    static Evaluation result() {
        return new Evaluation(
                null,
                PairedResult.newBuilder()
                        .setEventId("g-2")
                        .setCandidateId("tutor-4")
                        .setSlice("math")
                        .setCluster("k-1")
                        .setDifferenceMicros(-1_000_000L)
                        .setOccurredAtMs(NOW_MS)
                        .build());
    }

    static Action action() {
        return Action.newBuilder()
                .setEventId("a-1")
                .setTargetId("pool")
                .setActor("r-1")
                .setOccurredAtMs(NOW_MS)
                .setRequestTasks(new RequestTasks("pool", "r-1", 3))
                .build();
    }

    static SpecificRecord of(PublicInput input) {
        return switch (input) {
            case INTERACTIONS -> interaction();
            case SIGNALS -> signal();
            case FEEDBACK -> feedback();
            case RATERS -> rater();
            case CONSENTS -> consent();
            case POLICIES -> policy();
            case EVALUATIONS -> plan();
            case ACTIONS -> action();
        };
    }

    /** The key that the sample of an input is published under. */
    static String key(PublicInput input) {
        return switch (input) {
            case INTERACTIONS, SIGNALS, FEEDBACK -> "i-1";
            case RATERS -> "r-1";
            case CONSENTS -> "child-" + CANARY;
            case POLICIES -> "policy";
            case EVALUATIONS -> "tutor-4";
            case ACTIONS -> "pool";
        };
    }
}
