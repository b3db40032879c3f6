package dev.heed.queues;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.event.Lane;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RaterStatus;
import dev.heed.event.ReleaseTask;
import dev.heed.event.RequestTasks;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.TaskAnswered;
import dev.heed.journal.TaskCancelled;
import dev.heed.journal.TaskWanted;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.state.QueueRaterLease;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Runs the stage over a journal told event by event, in one partition. {@link #check} then asks of the whole story what
 * must hold of every story.
 */
public final class QueueStory {
    private static final long START_MS = 1_700_000_000_000L;

    private final StageTrial trial = new StageTrial(QueuesStage.create("queue story".getBytes(StandardCharsets.UTF_8)));
    private int actions;
    private int policies;

    /** A story that has begun: the policy is in force, and so is the time. */
    public static QueueStory under(Policy policy) {
        QueueStory story = new QueueStory();
        story.pass(START_MS);
        story.follow(policy);
        return story;
    }

    /** Puts a policy in force. */
    public List<SpecificRecord> follow(Policy policy) {
        List<SpecificRecord> facts = trial.sendPublic("policies", policy);
        policies++;
        return checked(facts, false);
    }

    /** Lets time pass, in one tick. */
    public List<SpecificRecord> pass(long ms) {
        List<SpecificRecord> facts = trial.tickAfter(ms);
        return checked(facts, true);
    }

    /** Lets an event from an item happen; returns the facts it led to. */
    public List<SpecificRecord> tell(String pool, SpecificRecord event) {
        return checked(trial.send(pool, event));
    }

    /** Lets a public event happen. */
    public List<SpecificRecord> tellPublic(String key, SpecificRecord event) {
        return checked(trial.sendPublic(key, event));
    }

    private List<SpecificRecord> checked(List<SpecificRecord> facts) {
        return checked(facts, policies == 1);
    }

    private List<SpecificRecord> checked(List<SpecificRecord> facts, boolean withinBounds) {
        QueueLaws.check(trial.state(), withinBounds);
        return facts;
    }

    /** The stage starts anew, with what its facts say. */
    public void crash() {
        trial.crash();
        checked(List.of());
    }

    public long nowMs() {
        return trial.nowMs();
    }

    public static RaterProfile.Builder profile(String raterId) {
        return RaterProfile.newBuilder()
                .setEventId("profile-" + raterId)
                .setRaterId(raterId)
                .setKind(RaterKind.HUMAN)
                .setPools(List.of(QueuePolicies.POOL))
                .setOccurredAtMs(0);
    }

    public List<SpecificRecord> rater(RaterProfile.Builder profile) {
        return tellPublic(profile.getRaterId(), profile.build());
    }

    /** Introduces raters with the usual profile. */
    public void raters(String... raterIds) {
        for (String raterId : raterIds) {
            rater(profile(raterId));
        }
    }

    public static TaskWanted.Builder task(String interactionId, long valueMicros) {
        return TaskWanted.newBuilder()
                .setInteractionId(interactionId)
                .setQuestionId(QueuePolicies.QUESTION)
                .setPool(QueuePolicies.POOL)
                .setValueMicros(valueMicros)
                .setRiskMicros(valueMicros)
                .setLane(Lane.VALUE)
                .setSelectionPropensityMicros(Micros.ONE)
                .setLabelsWanted(1)
                .setExcludedRaters(List.of())
                .setRubricVersion("rubric-1")
                .setRequest(1);
    }

    public List<SpecificRecord> want(TaskWanted.Builder task) {
        return tell(task.getPool(), task.build());
    }

    public List<SpecificRecord> want(String interactionId, long valueMicros) {
        return want(task(interactionId, valueMicros));
    }

    /** Calibration says how a rater stands on the question. */
    public List<SpecificRecord> standing(String raterId, RaterStatus status, long version) {
        return tell(raterId, new RaterStanding(raterId, QueuePolicies.QUESTION, RaterKind.HUMAN, status, 1, version));
    }

    public static GoldOffered.Builder gold(String interactionId, String className) {
        return GoldOffered.newBuilder()
                .setInteractionId(interactionId)
                .setQuestionId(QueuePolicies.QUESTION)
                .setPool(QueuePolicies.POOL)
                .setClassName(className)
                .setRubricVersion("rubric-1")
                .setExcludedRaters(List.of())
                .setVersion(1);
    }

    public List<SpecificRecord> offerGold(GoldOffered.Builder gold) {
        return tell(QueuePolicies.POOL, gold.build());
    }

    public List<SpecificRecord> offerGold(String interactionId, String className) {
        return offerGold(gold(interactionId, className));
    }

    public List<SpecificRecord> cancel(String interactionId, int request) {
        return tell(
                QueuePolicies.POOL,
                new TaskCancelled(interactionId, QueuePolicies.QUESTION, QueuePolicies.POOL, request));
    }

    public List<SpecificRecord> answer(String interactionId, String raterId) {
        return tell(
                QueuePolicies.POOL,
                new TaskAnswered(interactionId, QueuePolicies.QUESTION, QueuePolicies.POOL, raterId));
    }

    public List<SpecificRecord> refuse(String interactionId, String raterId, String taskId, String reason) {
        return tell(QueuePolicies.POOL, new LeaseEnded(interactionId, QueuePolicies.QUESTION, raterId, taskId, reason));
    }

    public List<SpecificRecord> request(String raterId, int count) {
        return act(nextAction(raterId).setRequestTasks(new RequestTasks(QueuePolicies.POOL, raterId, count)));
    }

    public List<SpecificRecord> release(String raterId, String taskId) {
        return act(nextAction(raterId).setReleaseTask(new ReleaseTask(QueuePolicies.POOL, raterId, taskId)));
    }

    public List<SpecificRecord> act(ActionAccepted.Builder action) {
        return tellPublic(QueuePolicies.POOL, action.build());
    }

    public ActionAccepted.Builder nextAction(String raterId) {
        return ActionAccepted.newBuilder().setEventId("action-" + ++actions).setActor(raterId);
    }

    /** Interactions the rater holds, in order of hand-out. */
    public List<String> held(String raterId) {
        return queue().rater(raterId).getLeases().stream()
                .map(QueueRaterLease::getInteractionId)
                .toList();
    }

    /** Task ids the rater holds, in order of hand-out. */
    public List<String> heldTasks(String raterId) {
        return queue().rater(raterId).getLeases().stream()
                .map(QueueRaterLease::getTaskId)
                .toList();
    }

    public boolean knows(String interactionId) {
        return queue().task(interactionId, QueuePolicies.QUESTION) != null;
    }

    /** Hand-outs due for an item that the queue knows; below 0 when more is out than it wants. */
    public int openSlots(String interactionId) {
        return Objects.requireNonNull(queue().task(interactionId, QueuePolicies.QUESTION), interactionId)
                .getOpenSlots();
    }

    public QueueReader queue() {
        return new QueueReader(trial.state(), QueuePolicies.POOL);
    }

    public MemoryState state() {
        return trial.state();
    }

    /** What went to a channel, in order. */
    public <T extends SpecificRecord> List<T> sent(Channel channel, Class<T> type) {
        return of(
                type,
                trial.sent(channel).stream()
                        .map(each -> Objects.requireNonNull(each.value()))
                        .toList());
    }

    /** The facts of one type among some. */
    public static <T extends SpecificRecord> List<T> of(Class<T> type, List<SpecificRecord> facts) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The facts of one type in the whole story. */
    public <T extends SpecificRecord> List<T> of(Class<T> type) {
        return trial.facts(type);
    }

    /** Replays the story and rebuilds it from its facts, and asks whether the spending was bounded. */
    public void check() {
        trial.checkReplay();
        new SpendIsBounded().check(trial);
    }
}
