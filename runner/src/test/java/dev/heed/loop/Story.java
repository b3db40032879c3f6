package dev.heed.loop;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Dataset;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.GatePlan;
import dev.heed.event.Interaction;
import dev.heed.event.LabelMatcher;
import dev.heed.event.Message;
import dev.heed.event.PairedResult;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.event.Seal;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.event.Silence;
import dev.heed.event.SliceMargin;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import dev.heed.policy.RowRule;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Events enough to bring something out of every part of the loop. */
final class Story {
    static final int RATERS = 3;
    private static final String POOL = "pool";
    private static final String CANDIDATE = "tutor-2";
    private static final String SILENCE = "silence-1";

    /** An event and where it is published. */
    record Told(Channel channel, String key, SpecificRecord event) {}

    private final long nowMs;

    /** @param nowMs the time the events are said to happen at */
    Story(long nowMs) {
        this.nowMs = nowMs;
    }

    /** Who works, and what ships. */
    List<Told> beginning() {
        List<Told> told = new ArrayList<>();
        for (int rater = 0; rater < RATERS; rater++) {
            told.add(new Told(Channel.RATERS, "r" + rater, rater("r" + rater)));
        }
        told.add(new Told(
                Channel.CONSENTS,
                "child",
                new Consent("consent", "child", ConsentKind.GRANT, List.of(ConsentScope.TRAIN), nowMs, "")));
        told.add(new Told(Channel.ACTIONS, SILENCE, silence()));
        told.add(new Told(Channel.EVALUATIONS, CANDIDATE, plan()));
        for (int cluster = 0; cluster < 40; cluster++) {
            PairedResult result = PairedResult.newBuilder()
                    .setEventId("result-" + cluster)
                    .setCandidateId(CANDIDATE)
                    .setSlice("all")
                    .setCluster("k" + cluster)
                    .setDifferenceMicros(1_000_000L)
                    .setOccurredAtMs(nowMs)
                    .build();
            told.add(new Told(Channel.EVALUATIONS, CANDIDATE, new Evaluation(null, result)));
        }
        return told;
    }

    /** One interaction with a verdict and two people's answers to both questions; and a wish for work. */
    List<Told> item(int number) {
        String id = "i" + number;
        List<Told> told = new ArrayList<>();
        told.add(new Told(Channel.INTERACTIONS, id, interaction(id)));
        told.add(new Told(Channel.SIGNALS, id, signal(id, number % 3 == 0)));
        for (int rater = 0; rater < 2; rater++) {
            told.add(new Told(Channel.FEEDBACK, id, feedback(id, "outside-" + rater, "violation", "ok")));
            told.add(new Told(Channel.FEEDBACK, id, feedback(id, "outside-" + rater, "preference", "A")));
        }
        String rater = "r" + number % RATERS;
        Action action = Action.newBuilder()
                .setEventId("request-" + number)
                .setTargetId(POOL)
                .setActor(rater)
                .setOccurredAtMs(nowMs)
                .setRequestTasks(new RequestTasks(POOL, rater, 1))
                .build();
        told.add(new Told(Channel.ACTIONS, POOL, action));
        return told;
    }

    Policy policy() {
        Question violation = question("violation", List.of("ok", "violation"), FeedbackKind.LABEL, 1)
                .setEscalates(true)
                .setRaterTrust(RaterTrust.newBuilder()
                        .setRequiredAccuracyMicros(800_000L)
                        .build())
                .setRows(List.of(
                        new RowRule(Dataset.GUARDRAIL, List.of(), 0L),
                        new RowRule(Dataset.BINARY, List.of(), 0L),
                        new RowRule(Dataset.SFT, List.of("ok"), 0L)))
                .build();
        Question preference = question("preference", List.of("A", "B", "TIE"), FeedbackKind.PREFERENCE, 2)
                .setRows(List.of(new RowRule(Dataset.PREFERENCE, List.of("A", "B"), 0L)))
                .build();
        Pool pool = new Pool(
                POOL, 3_600, 100, 100_000L, 60_000L, 1_000L, 200_000L, 250_000L, 100, 60_000L, 60_000L, 120_000L,
                50_000L, 250_000L, 200, 40);
        return Policy.newBuilder()
                .setEventId("policy-1")
                .setPolicyVersion(1)
                .setName("story")
                .setOccurredAtMs(nowMs)
                .setQuestions(List.of(violation, preference))
                .setPools(List.of(pool))
                .setEscalationLevels(List.of(EscalationLevel.newBuilder()
                        .setName("first")
                        .setRiskThresholdMicros(400_000L)
                        .setAckTimeoutMs(0L)
                        .build()))
                .setExplorationMicros(100_000L)
                .setNoveltyHalfLifeMs(3_600_000L)
                .setHoldoutMicros(0L)
                .build();
    }

    private Interaction interaction(String id) {
        return Interaction.newBuilder()
                .setEventId("interaction-" + id)
                .setInteractionId(id)
                .setSubjectId("child")
                .setOccurredAtMs(nowMs)
                .setUsersAffected(3)
                .setPrompt(List.of(new Message("user", "What is " + id + " plus one?")))
                .setCandidates(List.of(candidate("a", "More."), candidate("b", "Less.")))
                .build();
    }

    private static Candidate candidate(String id, String text) {
        return Candidate.newBuilder()
                .setCandidateId(id)
                .setModelId("tutor-1")
                .setText(text)
                .build();
    }

    private Signal signal(String id, boolean bad) {
        return Signal.newBuilder()
                .setEventId("signal-" + id)
                .setInteractionId(id)
                .setKind(SignalKind.GUARDRAIL)
                .setDetectorId("guard")
                .setQuestionId("violation")
                .setClassName(bad ? "violation" : "ok")
                .setOccurredAtMs(nowMs)
                .build();
    }

    private Feedback feedback(String id, String rater, String question, String answer) {
        return Feedback.newBuilder()
                .setEventId(rater + "-" + question + "-" + id)
                .setInteractionId(id)
                .setQuestionId(question)
                .setRaterId(rater)
                .setRaterKind(RaterKind.HUMAN)
                .setKind(question.equals("violation") ? FeedbackKind.LABEL : FeedbackKind.PREFERENCE)
                .setClassName(answer)
                .setOccurredAtMs(nowMs)
                .build();
    }

    private RaterProfile rater(String id) {
        return RaterProfile.newBuilder()
                .setEventId("profile-" + id)
                .setRaterId(id)
                .setKind(RaterKind.HUMAN)
                .setPools(List.of(POOL))
                .setCapacity(50)
                .setOccurredAtMs(nowMs)
                .build();
    }

    private Action silence() {
        Silence silence = new Silence(
                SILENCE, List.of(new LabelMatcher("level", List.of("first"))), nowMs + 60_000L, "a rehearsal");
        return Action.newBuilder()
                .setEventId("silence")
                .setTargetId(SILENCE)
                .setActor("ops")
                .setOccurredAtMs(nowMs)
                .setSilence(silence)
                .build();
    }

    /** A wish for a version of what the story has made so far. */
    Told seal(String dataset) {
        Action action = Action.newBuilder()
                .setEventId("seal-" + dataset)
                .setTargetId(dataset)
                .setActor("trainer")
                .setOccurredAtMs(nowMs)
                .setSeal(new Seal(dataset))
                .build();
        return new Told(Channel.ACTIONS, dataset, action);
    }

    private Evaluation plan() {
        List<String> clusters = new ArrayList<>();
        for (int cluster = 0; cluster < 40; cluster++) {
            clusters.add("k" + cluster);
        }
        GatePlan plan = GatePlan.newBuilder()
                .setEventId("plan")
                .setCandidateId(CANDIDATE)
                .setReferenceId("tutor-1")
                .setModelDigest("digest")
                .setMetric("helpful")
                .setAlphaMicros(100_000L)
                .setSlices(List.of(SliceMargin.newBuilder()
                        .setSlice("all")
                        .setMarginMicros(200_000L)
                        .setClusters(clusters)
                        .build()))
                .setDeadlineMs(nowMs + 86_400_000L)
                .setOccurredAtMs(nowMs)
                .build();
        return new Evaluation(plan, null);
    }

    private static Question.Builder question(String id, List<String> classes, FeedbackKind kind, int candidates) {
        List<LossRow> loss = new ArrayList<>();
        for (int action = 0; action < classes.size(); action++) {
            List<Long> losses = new ArrayList<>();
            for (int truth = 0; truth < classes.size(); truth++) {
                losses.add(action == truth ? 0L : 1_000_000L);
            }
            loss.add(new LossRow(classes.get(action), losses));
        }
        return Question.newBuilder()
                .setQuestionId(id)
                .setClasses(classes)
                .setKind(kind)
                .setLoss(loss)
                .setLabelCostMicros(20_000L)
                .setMinRaters(2)
                .setMaxRaters(3)
                .setLookAhead(3)
                .setPool(POOL)
                .setCandidates(candidates)
                .setRubricVersion("1");
    }
}
