package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.event.Acknowledge;
import dev.heed.event.Action;
import dev.heed.event.Resolve;
import dev.heed.out.Escalation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** Who answers escalations: most are taken in charge in time and resolved, some lie until they go up a level. */
final class OnCall {
    private static final double SLEEPS = .2;

    private final StudyBuddy world;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
    private final Set<String> inHand = new HashSet<>();
    private long order;

    private record Due(long atMs, long order, Publication publication) {}

    OnCall(StudyBuddy world) {
        this.world = world;
    }

    /** An escalation opened, went up, or was answered. Who has one in hand is not asked again. */
    void receive(Escalation escalation, long nowMs) {
        if (world.number(escalation.getInteractionId()).isEmpty()) {
            return;
        }
        String incident = escalation.getInteractionId() + "-" + escalation.getQuestionId();
        if (!escalation.getState().equals("open")) {
            if (escalation.getState().equals("resolved")) {
                inHand.remove(incident);
            }
            return;
        }
        String name = incident + "-" + escalation.getLevel() + "-" + escalation.getDecidedAtMs();
        Draw draw = Draw.of(world.seed(), "on-call", incident, escalation.getLevel());
        if (draw.happens(SLEEPS) || !inHand.add(incident)) {
            return;
        }
        long tookMs = nowMs + draw.skewed(800, 3_500);
        Action acknowledge = action(escalation, "ack-" + name, "on-call-" + escalation.getLevel());
        acknowledge.setAcknowledge(new Acknowledge(escalation.getQuestionId(), escalation.getInteractionId()));
        later(tookMs, acknowledge);
        Action resolve = action(escalation, "resolve-" + name, "on-call-" + escalation.getLevel());
        resolve.setResolve(new Resolve(escalation.getQuestionId(), escalation.getInteractionId(), "answer_withdrawn"));
        later(tookMs + draw.skewed(1_000, 6_000), resolve);
    }

    /** What is done until now since the last call, in order. */
    List<Publication> until(long nowMs) {
        List<Publication> done = new ArrayList<>();
        for (Due next = due.peek(); next != null && next.atMs() <= nowMs; next = due.peek()) {
            done.add(due.remove().publication());
        }
        return done;
    }

    private Action action(Escalation escalation, String what, String actor) {
        return Action.newBuilder()
                .setEventId("action-" + world.run() + "-" + what)
                .setTargetId(escalation.getInteractionId())
                .setActor(actor)
                .setOccurredAtMs(0)
                .build();
    }

    private void later(long atMs, Action action) {
        due.add(new Due(atMs, order++, Publication.event(Channel.ACTIONS, action.getTargetId(), action)));
    }
}
