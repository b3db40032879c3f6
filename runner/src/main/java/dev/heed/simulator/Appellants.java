package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Appeal;
import dev.heed.out.Judgment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;

/** Teachers who read judgments of their pupils' lessons: most appeals are against wrong ones, a few against right ones. */
final class Appellants {
    private static final double AGAINST_WRONG = .6;
    private static final double AGAINST_RIGHT = .02;

    private final StudyBuddy world;
    private final Set<String> read = new HashSet<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
    private long order;

    private record Due(long atMs, long order, Publication publication) {}

    Appellants(StudyBuddy world) {
        this.world = world;
    }

    /** A judgment was made. Nobody appeals twice, and what was revised is not read again. */
    void receive(Judgment judgment, long nowMs) {
        String interactionId = judgment.getInteractionId();
        OptionalInt number = world.number(interactionId);
        Asked asked = Asked.byId(judgment.getQuestionId());
        if (number.isEmpty() || asked == null || !read.add(interactionId + "|" + asked.id())) {
            return;
        }
        boolean right = judgment.getClassName().equals(asked.truth(world.encounter(number.getAsInt())));
        Draw draw = Draw.of(world.seed(), "appeal", asked.id(), number.getAsInt());
        if (draw.happens(right ? AGAINST_RIGHT : AGAINST_WRONG)) {
            Action action = Action.newBuilder()
                    .setEventId("action-" + world.run() + "-appeal-" + asked.id() + "-" + number.getAsInt())
                    .setTargetId(interactionId)
                    .setActor("teacher-" + draw.below(12))
                    .setOccurredAtMs(0)
                    .setAppeal(new Appeal(interactionId, asked.id(), "read_it_myself"))
                    .build();
            due.add(new Due(
                    nowMs + draw.skewed(500, 3_000),
                    order++,
                    Publication.event(Channel.ACTIONS, interactionId, action)));
        }
    }

    /** What is appealed until now since the last call, in order. */
    List<Publication> until(long nowMs) {
        List<Publication> done = new ArrayList<>();
        for (Due next = due.peek(); next != null && next.atMs() <= nowMs; next = due.peek()) {
            done.add(due.remove().publication());
        }
        return done;
    }
}
