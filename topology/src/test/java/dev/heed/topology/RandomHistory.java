package dev.heed.topology;

import dev.heed.core.Channel;
import dev.heed.event.Acknowledge;
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
import dev.heed.event.Gold;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.PairedResult;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.event.Seal;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.event.SliceMargin;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.intake.PublicInput;
import dev.heed.out.Task;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/** A story of public events drawn from a seed, with repeats, early events and nonsense among them. */
final class RandomHistory {
    static final long START_MS = 1_700_000_000_000L;

    private static final int ITEMS = 12;
    private static final int RATERS = 5;
    private static final int SUBJECTS = 3;
    private static final String SENIOR = "senior";
    private static final String POOL = "pool";
    private static final List<String> VIOLATION = List.of("ok", "violation");
    private static final List<String> PREFERENCE = List.of("A", "B", "TIE");

    private record Published(PublicInput input, String key, SpecificRecord event) {}

    private final SplittableRandom random;
    private final List<Published> published = new ArrayList<>();
    private long nowMs = START_MS;
    private int ids;

    RandomHistory(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Publishes events one by one and lets the loop run a little after each. */
    void play(LoopScheduler loop, int events) {
        for (int rater = 0; rater < RATERS; rater++) {
            publish(loop, PublicInput.RATERS, "r" + rater, profile("r" + rater));
        }
        publish(loop, PublicInput.EVALUATIONS, "tutor-2", plan());
        for (int i = 0; i < events; i++) {
            act(loop);
            loop.run(random.nextInt(25));
        }
        loop.tick(nowMs += 10_000_000);
    }

    private void act(LoopScheduler loop) {
        String item = "i" + random.nextInt(ITEMS);
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> publish(loop, PublicInput.INTERACTIONS, item, interaction(item));
            case 3, 4 -> publish(loop, PublicInput.SIGNALS, item, signal(item));
            case 5, 6 -> publish(loop, PublicInput.FEEDBACK, item, feedback(item, "r" + random.nextInt(RATERS)));
            case 7, 8 -> answer(loop);
            case 9 -> publish(loop, PublicInput.CONSENTS, "s0", consent());
            case 10, 11 -> publish(loop, PublicInput.ACTIONS, POOL, request());
            case 12 -> publish(loop, PublicInput.ACTIONS, item, action(item));
            case 13 -> publish(loop, PublicInput.EVALUATIONS, "tutor-2", result());
            case 14 -> again(loop);
            case 15 -> seal(loop);
            default -> loop.tick(nowMs += random.nextInt(40_000));
        }
    }

    private void publish(LoopScheduler loop, PublicInput input, String key, SpecificRecord event) {
        published.add(new Published(input, key, event));
        loop.publish(input, key, event);
    }

    private void again(LoopScheduler loop) {
        Published old = published.get(random.nextInt(published.size()));
        loop.publish(old.input(), random.nextInt(4) == 0 ? "another key" : old.key(), old.event());
    }

    /** A reviewer answers one of the tasks handed out so far, in time or not. */
    private void answer(LoopScheduler loop) {
        List<LogView.Logged> tasks = loop.records(Channel.TASKS);
        if (!tasks.isEmpty() && tasks.get(random.nextInt(tasks.size())).value() instanceof Task task) {
            Feedback feedback = feedback(task.getInteractionId(), task.getRaterId());
            feedback.setQuestionId(task.getQuestionId());
            feedback.setKind(kind(task.getQuestionId()));
            feedback.setClassName(answerTo(task.getQuestionId()));
            feedback.setTaskId(task.getTaskId());
            publish(loop, PublicInput.FEEDBACK, task.getInteractionId(), feedback);
        }
    }

    private void seal(LoopScheduler loop) {
        String dataset = List.of("guardrail", "preference").get(random.nextInt(2));
        Action seal = Action.newBuilder()
                .setEventId(id())
                .setTargetId(dataset)
                .setActor("trainer")
                .setOccurredAtMs(START_MS)
                .setSeal(new Seal(dataset))
                .build();
        publish(loop, PublicInput.ACTIONS, dataset, seal);
    }

    private String id() {
        return "e" + ids++;
    }

    private Interaction interaction(String item) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            candidates.add(Candidate.newBuilder()
                    .setCandidateId("c" + i)
                    .setModelId("tutor")
                    .setText("answer " + random.nextInt(5))
                    .build());
        }
        return Interaction.newBuilder()
                .setEventId(id())
                .setInteractionId(item)
                .setSubjectId("s" + random.nextInt(SUBJECTS))
                .setOccurredAtMs(START_MS)
                .setUsersAffected(1 + random.nextInt(5))
                .setPrompt(List.of(new Message("user", "question " + random.nextInt(8))))
                .setCandidates(candidates)
                .build();
    }

    private Signal signal(String item) {
        return Signal.newBuilder()
                .setEventId(id())
                .setInteractionId(item)
                .setKind(SignalKind.GUARDRAIL)
                .setDetectorId("guard" + random.nextInt(3))
                .setQuestionId(random.nextInt(20) == 0 ? "no-such-question" : "violation")
                .setClassName(VIOLATION.get(random.nextInt(2)))
                .setOccurredAtMs(START_MS)
                .build();
    }

    private Feedback feedback(String item, String rater) {
        String question = random.nextInt(4) == 0 ? "preference" : "violation";
        boolean judge = random.nextInt(6) == 0;
        return Feedback.newBuilder()
                .setEventId(id())
                .setInteractionId(item)
                .setQuestionId(question)
                // Now and then it claims to be who is a person by their profile.
                .setRaterId(judge && random.nextInt(4) > 0 ? "judge-" + rater : rater)
                .setRaterKind(judge ? RaterKind.AI_JUDGE : RaterKind.HUMAN)
                .setKind(kind(question))
                .setClassName(random.nextInt(25) == 0 ? "no-such-class" : answerTo(question))
                .setWithdrawn(random.nextInt(8) == 0)
                .setOccurredAtMs(START_MS)
                .build();
    }

    private static FeedbackKind kind(String question) {
        return question.equals("preference") ? FeedbackKind.PREFERENCE : FeedbackKind.LABEL;
    }

    private String answerTo(String question) {
        List<String> classes = question.equals("preference") ? PREFERENCE : VIOLATION;
        return classes.get(random.nextInt(classes.size()));
    }

    private Consent consent() {
        ConsentKind kind = random.nextInt(3) == 0 ? ConsentKind.WITHDRAW : ConsentKind.GRANT;
        return new Consent(id(), "s0", kind, List.of(ConsentScope.TRAIN), START_MS, "");
    }

    private Action request() {
        return Action.newBuilder()
                .setEventId(id())
                .setTargetId(POOL)
                .setActor("console")
                .setOccurredAtMs(START_MS)
                .setRequestTasks(new RequestTasks(POOL, "r" + random.nextInt(RATERS), 1 + random.nextInt(3)))
                .build();
    }

    private Action action(String item) {
        Action.Builder action = Action.newBuilder()
                .setEventId(id())
                .setTargetId(item)
                .setActor("somebody")
                .setOccurredAtMs(START_MS);
        if (random.nextBoolean()) {
            action.setAcknowledge(new Acknowledge("violation", item));
        } else {
            action.setGold(new Gold(item, "violation", VIOLATION.get(random.nextInt(2)), ""));
        }
        return action.build();
    }

    private RaterProfile profile(String rater) {
        return RaterProfile.newBuilder()
                .setEventId(id())
                .setRaterId(rater)
                .setKind(RaterKind.HUMAN)
                .setPools(List.of(POOL))
                .setSkills(rater.hashCode() % 2 == 0 ? List.of(SENIOR) : List.of())
                .setOccurredAtMs(START_MS)
                .build();
    }

    private Evaluation plan() {
        GatePlan plan = GatePlan.newBuilder()
                .setEventId(id())
                .setCandidateId("tutor-2")
                .setReferenceId("tutor-1")
                .setModelDigest("digest")
                .setMetric("helpful")
                .setAlphaMicros(50_000L)
                .setSlices(List.of(SliceMargin.newBuilder()
                        .setSlice("all")
                        .setMarginMicros(100_000L)
                        .setClusters(List.of("k0", "k1", "k2"))
                        .build()))
                .setDeadlineMs(START_MS + 100_000)
                .setOccurredAtMs(START_MS)
                .build();
        return new Evaluation(plan, null);
    }

    private Evaluation result() {
        String cluster = "k" + random.nextInt(4);
        long difference = random.nextInt(-1, 2) * 1_000_000L;
        return new Evaluation(
                null,
                PairedResult.newBuilder()
                        .setEventId(id())
                        .setCandidateId("tutor-2")
                        .setSlice("all")
                        .setCluster(cluster)
                        .setDifferenceMicros(difference)
                        .setOccurredAtMs(START_MS)
                        .build());
    }

    /** Two questions of one pool, cheap enough to ask and dear enough to stop. */
    static Policy policy() {
        Question violation = question("violation", VIOLATION, FeedbackKind.LABEL, 1)
                .setEscalates(true)
                .setSeniorSkill(SENIOR)
                .setSeniorDeadlineMs(120_000)
                .setRows(List.of(
                        new RowRule(Dataset.GUARDRAIL, List.of(), 500_000L),
                        new RowRule(Dataset.SFT, List.of("ok"), 800_000L)))
                .build();
        Question preference = question("preference", PREFERENCE, FeedbackKind.PREFERENCE, 2)
                .setAlwaysReview(true)
                .setRows(List.of(new RowRule(Dataset.PREFERENCE, List.of("A", "B"), 500_000L)))
                .build();
        Pool pool = new Pool(
                POOL, 3_600, 20, 100_000L, 60_000L, 1_000L, 200_000L, 250_000L, 6, 60_000L, 60_000L, 120_000L, 300_000L,
                500_000L, 3, 4);
        return Policy.newBuilder()
                .setEventId("policy-1")
                .setPolicyVersion(1)
                .setName("random history")
                .setOccurredAtMs(START_MS)
                .setQuestions(List.of(violation, preference))
                .setPools(List.of(pool))
                .setEscalationLevels(List.of(level("first", 500_000L, 60_000L), level("last", 3_000_000L, 0L)))
                .setExplorationMicros(200_000L)
                .setNoveltyHalfLifeMs(3_600_000L)
                .setHoldoutMicros(100_000L)
                .setDatasets(List.of(
                        DatasetRule.newBuilder()
                                .setDataset(Dataset.SFT)
                                .setDuplicateBits(3)
                                .setSuspendedLabels(false)
                                .build(),
                        DatasetRule.newBuilder()
                                .setDataset(Dataset.PREFERENCE)
                                .setClassBalance(new ClassBalance(List.of("A", "B"), 2_000_000L))
                                .setHoldoutBits(7)
                                .build()))
                .setMaxParked(4)
                .setParkMs(60_000L)
                .build();
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
                .setMinRaters(1)
                .setMaxRaters(3)
                .setLookAhead(3)
                .setPool(POOL)
                .setCandidates(candidates)
                .setRubricVersion("1");
    }

    private static EscalationLevel level(String name, long thresholdMicros, long ackTimeoutMs) {
        return EscalationLevel.newBuilder()
                .setName(name)
                .setRiskThresholdMicros(thresholdMicros)
                .setAckTimeoutMs(ackTimeoutMs)
                .build();
    }
}
