package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.event.Consent;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.event.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What happens in a world whoever watches: interactions, verdicts before, with and after them, an AI judge's
 * opinions, reports, withdrawn consents, results of the release candidate, repeats and poison. What people do in answer is not in it.
 */
public final class Script {
    /** How far ahead of its time an interaction is made, because a verdict may precede it. */
    private static final long AHEAD_MS = 600;

    private static final double EARLY = .03;
    private static final double REPEATED = .012;
    private static final long POISON_EVERY_MS = 1_500;
    /** Shares of the duration: until when results come in, and when missing ones count against the candidate. */
    private static final double RESULTS_UNTIL = .6;

    private static final double DEADLINE = .75;

    private final StudyBuddy world;
    private final Pace pace;
    private final long startMs;
    private final Release release;
    private final Poison poison;
    private final PriorityQueue<Timed> pending =
            new PriorityQueue<>(Comparator.comparingLong(Timed::atMs).thenComparingLong(Timed::order));
    private long order;
    private int encounters;
    private int poisons;
    private int results;

    private record Timed(long atMs, long order, Publication publication) {}

    /**
     * @param startMs when it starts, milliseconds since the epoch
     */
    public Script(StudyBuddy world, Pace pace, long startMs) {
        this.world = world;
        this.pace = pace;
        this.startMs = startMs;
        this.release = new Release(world);
        this.poison = new Poison(world);
        add(0, release.plan(startMs + (long) (pace.durationMs() * DEADLINE)));
        for (int child = 0; child < StudyBuddy.SUBJECTS; child++) {
            long atMs = Draw.of(world.seed(), "withdraws-at", child).below((int) pace.durationMs());
            for (Consent consent : world.withdrawal(child).stream().toList()) {
                add(atMs, Publication.event(Channel.CONSENTS, consent.getSubjectId(), consent));
            }
        }
    }

    /** All that has happened until this time since the last call, in order. */
    public List<Publication> until(long nowMs) {
        long elapsed = Math.min(nowMs - startMs, pace.durationMs());
        while (pace.arrivalMs(encounters) <= Math.min(elapsed + AHEAD_MS, pace.durationMs())) {
            addEncounter(encounters++);
        }
        while (results < release.results() && resultAtMs(results) <= elapsed) {
            long atMs = resultAtMs(results);
            release.result(results++).ifPresent(result -> add(atMs, result));
        }
        while ((poisons + 1) * POISON_EVERY_MS <= elapsed) {
            long atMs = (poisons + 1) * POISON_EVERY_MS;
            add(atMs, poison.number(poisons++, startMs + atMs));
        }
        List<Publication> due = new ArrayList<>();
        for (Timed next = pending.peek(); next != null && next.atMs() <= elapsed; next = pending.peek()) {
            due.add(pending.remove().publication());
        }
        return due;
    }

    /** Interactions made so far. */
    public int encounters() {
        return encounters;
    }

    /** The candidate whose release is tested. */
    public String candidate() {
        return release.candidate();
    }

    private long resultAtMs(int number) {
        return (long) (pace.durationMs() * RESULTS_UNTIL * number / release.results());
    }

    private void addEncounter(int number) {
        Encounter encounter = world.encounter(number);
        Interaction interaction = encounter.interaction();
        Draw draw = Draw.of(world.seed(), "timing", number);
        long atMs = pace.arrivalMs(number);
        addMaybeTwice(draw, atMs, Publication.event(Channel.INTERACTIONS, interaction.getInteractionId(), interaction));
        for (Signal signal : world.verdicts(encounter)) {
            long delay = draw.happens(EARLY) ? -draw.skewed(20, AHEAD_MS / 2) : draw.skewed(5, 800);
            addMaybeTwice(draw, Math.max(0, atMs + delay), signal(signal));
        }
        for (Feedback opinion : world.opinions(encounter)) {
            Publication said = Publication.event(Channel.FEEDBACK, opinion.getInteractionId(), opinion);
            addMaybeTwice(draw, atMs + draw.skewed(300, 1_500), said);
        }
        world.report(encounter)
                .ifPresent(report -> addMaybeTwice(draw, atMs + draw.skewed(1_000, 6_000), signal(report)));
    }

    private static Publication signal(Signal signal) {
        return Publication.event(Channel.SIGNALS, signal.getInteractionId(), signal);
    }

    private void addMaybeTwice(Draw draw, long atMs, Publication publication) {
        add(atMs, publication);
        if (draw.happens(REPEATED)) {
            add(atMs + draw.skewed(50, 3_000), publication.again());
        }
    }

    private void add(long atMs, Publication publication) {
        pending.add(new Timed(atMs, order++, publication));
    }
}
