package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.event.ReleaseTask;
import dev.heed.event.RequestTasks;
import dev.heed.out.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reviewers at work: they ask for tasks, take their time, answer, forget, give back, and now and then think again.
 * Time comes with each call.
 */
final class Workforce {
    /** Leases a reviewer may hold. */
    static final int TASKS_AT_ONCE = 3;

    private static final long ASK_AGAIN_MS = 2_500;
    private static final double GIVES_BACK = .02;
    private static final double THINKS_AGAIN = .02;

    private final StudyBuddy world;
    private final Critics critics;
    private final Pace pace;
    private final long startMs;
    private final Map<String, Desk> desks = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
    private long order;

    /** One reviewer's place: what is on it, and when to ask for more. */
    private static final class Desk {
        final Reviewer reviewer;
        final Set<String> tasks = new HashSet<>();
        long askAtMs;
        int asked;

        Desk(Reviewer reviewer) {
            this.reviewer = reviewer;
        }
    }

    private record Due(long atMs, long order, String reviewer, String taskId, Publication publication) {}

    Workforce(StudyBuddy world, Pace pace, long startMs) {
        this.world = world;
        this.critics = new Critics(world);
        this.pace = pace;
        this.startMs = startMs;
        for (Reviewer reviewer : Staff.reviewers()) {
            desks.put(reviewer.id(), new Desk(reviewer));
        }
    }

    /** A task came. Tasks of other runs, repeated ones and ends of leases are no work. */
    void receive(Task task, long nowMs) {
        Desk desk = desks.get(task.getRaterId());
        Asked asked = Asked.byId(task.getQuestionId());
        if (desk == null
                || (asked == null && !Critics.concerns(task))
                || world.number(task.getInteractionId()).isEmpty()) {
            return;
        }
        if (!task.getState().equals("open")) {
            desk.tasks.remove(task.getTaskId());
            return;
        }
        if (!seen.add(task.getTaskId())) {
            return;
        }
        Encounter encounter =
                world.encounter(world.number(task.getInteractionId()).getAsInt());
        desk.tasks.add(task.getTaskId());
        if (desk.reviewer.forgets(world.seed(), task.getTaskId())) {
            return;
        }
        Draw draw = Draw.of(world.seed(), "moods", task.getTaskId());
        long doneMs = nowMs + desk.reviewer.answerMs(world.seed(), task.getTaskId());
        if (draw.happens(GIVES_BACK)) {
            later(doneMs, desk, task, release(desk.reviewer, task));
            return;
        }
        Feedback.Builder answer = answer(desk.reviewer, task, doneMs - nowMs);
        if (asked == null) {
            later(doneMs, desk, task, publication(critics.say(desk.reviewer, encounter, task, answer)));
            return;
        }
        Feedback feedback = answer.setKind(asked == Asked.PREFERENCE ? FeedbackKind.PREFERENCE : FeedbackKind.LABEL)
                .setClassName(desk.reviewer.answer(world.seed(), asked, encounter))
                .build();
        later(doneMs, desk, task, publication(feedback));
        if (draw.happens(THINKS_AGAIN)) {
            later(
                    doneMs + draw.skewed(1_000, 5_000),
                    desk,
                    task,
                    publication(secondThought(feedback, asked, encounter)));
        }
    }

    /** What the reviewers do until now since the last call, in order: answers, and requests for more work. */
    List<Publication> until(long nowMs) {
        List<Publication> done = new ArrayList<>();
        for (Due next = due.peek(); next != null && next.atMs() <= nowMs; next = due.peek()) {
            due.remove();
            Desk desk = desks.get(next.reviewer());
            if (desk != null && desk.tasks.remove(next.taskId())) {
                desk.askAtMs = Math.min(desk.askAtMs, next.atMs());
            }
            done.add(next.publication());
        }
        for (Desk desk : desks.values()) {
            boolean free = desk.tasks.size() < TASKS_AT_ONCE;
            if (free && desk.askAtMs <= nowMs && desk.reviewer.works(world.seed(), (nowMs - startMs) / pace.dayMs())) {
                desk.askAtMs = nowMs + ASK_AGAIN_MS;
                done.add(request(desk));
            }
        }
        return done;
    }

    private Publication request(Desk desk) {
        List<String> pools = desk.reviewer.pools();
        String pool = pools.get(desk.asked % pools.size());
        Action action = action(desk.reviewer, "ask-" + desk.asked++, pool);
        action.setRequestTasks(new RequestTasks(pool, desk.reviewer.id(), TASKS_AT_ONCE - desk.tasks.size()));
        return Publication.event(Channel.ACTIONS, pool, action);
    }

    private Publication release(Reviewer reviewer, Task task) {
        Action action = action(reviewer, "return-" + plain(task.getTaskId()), task.getPool());
        action.setReleaseTask(new ReleaseTask(task.getPool(), reviewer.id(), task.getTaskId()));
        return Publication.event(Channel.ACTIONS, task.getPool(), action);
    }

    private Action action(Reviewer reviewer, String what, String target) {
        return Action.newBuilder()
                .setEventId("action-" + world.run() + "-" + reviewer.id() + "-" + what)
                .setTargetId(target)
                .setActor(reviewer.id())
                .setOccurredAtMs(0)
                .build();
    }

    /** An answer that says nothing yet. */
    private Feedback.Builder answer(Reviewer reviewer, Task task, long tookMs) {
        return Feedback.newBuilder()
                .setEventId("feedback-" + world.run() + "-" + plain(task.getTaskId()))
                .setInteractionId(task.getInteractionId())
                .setQuestionId(task.getQuestionId())
                .setRaterId(reviewer.id())
                .setRaterKind(RaterKind.HUMAN)
                .setTaskId(task.getTaskId())
                .setKind(FeedbackKind.LABEL)
                .setRubricVersion(task.getRubricVersion())
                .setDurationMs(tookMs)
                .setShownFirst(
                        task.getOrder().isEmpty() ? null : task.getOrder().get(0) == 0 ? "a" : "b")
                .setOccurredAtMs(0);
    }

    /** Task ids are made of several, with a separator that no other id may hold. */
    private static String plain(String taskId) {
        return taskId.replace('|', ':');
    }

    private static Feedback secondThought(Feedback first, Asked asked, Encounter encounter) {
        return Feedback.newBuilder(first)
                .setEventId(first.getEventId() + "-again")
                .setTaskId(null)
                .setClassName(asked.truth(encounter))
                .setRevises(first.getEventId())
                .build();
    }

    private static Publication publication(Feedback feedback) {
        return Publication.event(Channel.FEEDBACK, feedback.getInteractionId(), feedback);
    }

    private void later(long atMs, Desk desk, Task task, Publication publication) {
        due.add(new Due(atMs, order++, desk.reviewer.id(), task.getTaskId(), publication));
    }
}
