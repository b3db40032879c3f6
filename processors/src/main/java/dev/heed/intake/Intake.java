package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Events;
import dev.heed.core.Levels;
import dev.heed.core.Outgoing;
import dev.heed.core.PolicyVersions;
import dev.heed.core.StageRunner;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Interaction;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.FactHeader;
import dev.heed.fact.IntakeFact;
import dev.heed.intake.shape.Head;
import dev.heed.intake.shape.Limits;
import dev.heed.intake.shape.Problems;
import dev.heed.intake.shape.Shapes;
import dev.heed.policy.Policy;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.state.Clock;
import dev.heed.text.TextVault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each record of a public input: accepted, duplicate or dead letter, exactly one. It judges
 * shape alone; whether a question or candidate exists is for the stages, each by its own journal.
 */
public final class Intake {
    /** Name of the stage. */
    public static final String STAGE = "intake";

    private static final int DECISION_LEVEL = 1;

    /** How an input ended. */
    public enum End {
        ACCEPTED,
        DUPLICATE,
        DEAD_LETTER
    }

    /** How an input ended, and all that is to be written because of it. */
    public record Outcome(End end, List<Outgoing> outgoing) {}

    private final Shapes shapes;
    private final SubjectNames names;
    private final SeenEvents seen;
    private final Admission admission;
    private final Refusals refusals;
    private final Heartbeats heartbeats;
    private final KeyUpkeep upkeep;
    private final Lane lane;
    private final long startMs;

    /**
     * Where a task stands.
     *
     * @param partition its own, from 0
     * @param partitions how many the loop has, from 1
     */
    public record Place(Lane lane, int partition, int partitions) {}

    /**
     * @param seed secret; names and hashes are made under it
     * @param levels the decision levels that this code can do, by stage
     * @param known what the process knows of the keys that pseudonyms are made under
     * @param startMs when the task starts, milliseconds since the epoch
     * @param heartbeatMs how often each partition of the topics of text is written to at least, in milliseconds
     */
    public Intake(
            byte[] seed,
            Map<String, Levels> levels,
            TextVault vault,
            KnownKeys known,
            long startMs,
            Place place,
            long heartbeatMs) {
        this.shapes = new Shapes(levels);
        Secrets secrets = new Secrets(seed);
        this.names = new SubjectNames(seed, known);
        this.seen = new SeenEvents(secrets);
        this.admission = new Admission(names, new TextAside(secrets, vault), place.partitions());
        this.refusals = new Refusals(names, vault);
        this.heartbeats = new Heartbeats(heartbeatMs);
        this.upkeep = new KeyUpkeep(known, place.partition() == 0, heartbeatMs);
        this.lane = place.lane();
        this.startMs = startMs;
    }

    /**
     * Decides one record. Before a task's first one goes a tick: a stage would otherwise decide it at the time of an
     * earlier run, or at none, until the next tick is due.
     */
    public Outcome receive(State state, Delivery delivery) {
        List<Outgoing> first = tick(state, startMs);
        Outcome outcome = decide(state, delivery);
        if (first.isEmpty()) {
            return outcome;
        }
        List<Outgoing> all = new ArrayList<>(first);
        all.addAll(outcome.outgoing());
        return new Outcome(outcome.end(), all);
    }

    private Outcome decide(State state, Delivery delivery) {
        long nowMs = nowMs(state);
        if (delivery.decoded() instanceof Decoded.Undecodable why) {
            return new Outcome(End.DEAD_LETTER, refusals.undecodable(state, delivery, why, nowMs));
        }
        SpecificRecord event = ((Decoded.Event) delivery.decoded()).value();
        Optional<Head> found = shapes.head(event);
        Problems problems = problems(delivery, event, found.orElse(null), nowMs);
        if (found.isEmpty() || !problems.none()) {
            return refuse(state, delivery, found.orElse(null), "malformed", problems.toString(), nowMs);
        }
        Head head = found.get();
        if (event instanceof Interaction said && names.isErased(said.getSubjectId(), said.getOccurredAtMs())) {
            return new Outcome(End.DEAD_LETTER, List.of(refusals.erased(state, delivery, nowMs)));
        }
        SeenEvents.Look look = seen.look(state, delivery.input(), head.eventId(), event);
        return switch (look.answer()) {
            case REPEATED -> new Outcome(End.DUPLICATE, List.of(duplicate(state, delivery, head, event, nowMs)));
            case REUSED ->
                refuse(
                        state,
                        delivery,
                        head,
                        "event_id_reused",
                        "event_id: " + head.eventId()
                                + " came before with other content (expected: a new id for a new event)",
                        nowMs);
            case NEW -> {
                Policy known = state.get(StageRunner.POLICY_KEY, Policy.class);
                if (event instanceof Policy offered && PolicyVersions.isRepeat(offered, known)) {
                    yield new Outcome(End.DUPLICATE, List.of(duplicate(state, delivery, head, event, nowMs)));
                } else if (event instanceof Policy offered && PolicyVersions.isTaken(offered, known)) {
                    yield refuse(state, delivery, head, PolicyVersions.TAKEN, PolicyVersions.reason(offered), nowMs);
                }
                look.remember(state);
                remember(state, event, known);
                yield new Outcome(End.ACCEPTED, admission.admit(state, event, delivery.source()));
            }
        };
    }

    /** All policies have one key, so this task sees them all; whoever reads the journals could only repeat a refusal. */
    private static void remember(State state, SpecificRecord event, @Nullable Policy known) {
        if (event instanceof Policy policy && (known == null || policy.getPolicyVersion() > known.getPolicyVersion())) {
            state.put(StageRunner.POLICY_KEY, policy);
        }
    }

    /**
     * Takes the time from a clock: a tick for every journal, unless time stands still or runs back. In bulk only the first of
     * a task is told, by which what follows is decided; from then on it is enough that the urgent lane tells the time.
     *
     * @param clockMs milliseconds since the epoch
     */
    public List<Outgoing> tick(State state, long clockMs) {
        long before = StageRunner.nowMs(state);
        long nowMs = Math.max(nowMs(state), clockMs);
        if (nowMs <= before) {
            return List.of();
        }
        state.put(StageRunner.CLOCK_KEY, new Clock(nowMs));
        if (lane == Lane.BULK) {
            return before < startMs ? admission.tick(nowMs) : List.of();
        }
        List<Outgoing> due = new ArrayList<>(admission.tick(nowMs));
        due.addAll(heartbeats.at(state, nowMs));
        due.addAll(upkeep.at(state, nowMs));
        return due;
    }

    /** Intake's time, milliseconds since the epoch. */
    public long nowMs(StateReader state) {
        return Math.max(startMs, StageRunner.nowMs(state));
    }

    private Problems problems(Delivery delivery, SpecificRecord event, @Nullable Head head, long nowMs) {
        Problems problems = new Problems();
        shapes.check(event, problems);
        if (head != null) {
            key(delivery.key(), head, problems);
            problems.check(
                    head.occurredAtMs() > 0 && head.occurredAtMs() <= nowMs + Limits.FUTURE_MS,
                    "occurred_at_ms",
                    head.occurredAtMs(),
                    "1 to " + (nowMs + Limits.FUTURE_MS) + ", at most " + Limits.FUTURE_MS + " ms ahead");
        }
        return problems;
    }

    private static void key(@Nullable String key, Head head, Problems problems) {
        if (key == null || !head.keys().contains(key)) {
            String found = key == null ? "none that is text" : head.personal() ? "another" : key;
            problems.add("key", found, head.keyField() + (head.personal() ? "" : ", " + Problems.shown(head.key())));
        }
    }

    private Outcome refuse(
            StateReader state, Delivery delivery, @Nullable Head head, String code, String reason, long nowMs) {
        return new Outcome(End.DEAD_LETTER, refusals.event(state, delivery, head, code, reason, nowMs));
    }

    private Outgoing duplicate(StateReader state, Delivery delivery, Head head, SpecificRecord event, long nowMs) {
        String key = head.personal() ? names.of(state, head.key()) : head.key();
        IntakeFact fact = new IntakeFact(
                new FactHeader(delivery.source().getOffset(), 0, key, nowMs, 0, DECISION_LEVEL),
                delivery.source(),
                new DuplicateIgnored(head.eventId(), Events.type(event), delivery.source()));
        return new Outgoing(Channel.INTAKE_FACTS, key, fact, Destination.OWN_PARTITION);
    }
}
