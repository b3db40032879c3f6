package dev.heed.core;

import dev.heed.event.Coordinates;
import dev.heed.fact.EventRefused;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PolicyInstalled;
import dev.heed.journal.Tick;
import dev.heed.out.DeadLetter;
import dev.heed.policy.Policy;
import dev.heed.policy.StageLevel;
import dev.heed.state.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stage over its journal: the same code live, in recovery, in replay and in simulation. One journal record at a
 * time: time, policy, then each feature in order, then the events that follow from it.
 */
public final class StageRunner {
    /** State key of the policy in force. */
    public static final String POLICY_KEY = "policy";
    /** State key of the stage's time. It follows from the journal, not from facts. */
    public static final String CLOCK_KEY = "clock";
    /** Most events decided in the wake of one journal record; more is a fault of the stage. */
    private static final int MAX_FOLLOW_UPS = 2048;

    private final Stage stage;
    private final Envelope events;
    private final Envelope facts;
    private final int sourceField;

    public StageRunner(Stage stage) {
        this.stage = stage;
        this.events = new Envelope(stage.journalSchema());
        this.facts = new Envelope(stage.factSchema());
        this.sourceField = stage.journalSchema().getField("source").pos();
    }

    public Stage stage() {
        return stage;
    }

    /**
     * What one journal record led to.
     *
     * @param facts the facts' envelopes, in order
     * @param outgoing all that leaves the stage, the facts among it
     */
    public record Outcome(List<SpecificRecord> facts, List<Outgoing> outgoing) {}

    /**
     * Decides one journal record and applies what was decided.
     *
     * @param offset the record's offset in the journal
     * @throws NotUpgraded when the record, or the policy in force, needs a newer version of this code, or an older one
     */
    public Outcome step(State state, long offset, String key, SpecificRecord journalValue) {
        SpecificRecord first = events.payload(journalValue);
        advanceClock(state, journalValue);
        Run run = new Run(state, offset, key);
        Deque<Step.FollowUp> pending = new ArrayDeque<>();
        pending.add(new Step.FollowUp(first, (Coordinates) journalValue.get(sourceField)));
        for (int done = 0; !pending.isEmpty(); done++) {
            if (done > MAX_FOLLOW_UPS) {
                throw new IllegalStateException(stage.name() + " at offset " + offset + ": more than " + MAX_FOLLOW_UPS
                        + " events follow from one (expected: a bounded cursor)");
            }
            pending.addAll(run.decide(pending.remove()));
        }
        return new Outcome(run.envelopes, run.outgoing);
    }

    /** Applies a fact read back from the facts topic, as {@link #step} did when it was decided. */
    public void apply(State state, SpecificRecord factEnvelope) {
        apply(state, header(factEnvelope), facts.payload(factEnvelope));
    }

    /** The header of a fact's envelope. */
    public FactHeader header(SpecificRecord factEnvelope) {
        return (FactHeader)
                factEnvelope.get(factEnvelope.getSchema().getField("header").pos());
    }

    /** What a fact's envelope holds. */
    public SpecificRecord fact(SpecificRecord factEnvelope) {
        return facts.payload(factEnvelope);
    }

    /** Lets time pass as the journal record says, and nothing else: the part of a step that leaves no fact. */
    public void advanceClock(State state, SpecificRecord journalValue) {
        if (events.payload(journalValue) instanceof Tick tick && tick.getNowMs() > nowMs(state)) {
            state.put(CLOCK_KEY, new Clock(tick.getNowMs()));
        }
    }

    private void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PolicyInstalled installed) {
            state.put(POLICY_KEY, installed.getPolicy());
        }
        for (Feature feature : stage.features()) {
            feature.apply(state, header, fact);
        }
    }

    /** A stage's time, milliseconds since the epoch, as its ticks have told it; 0 before the first. */
    public static long nowMs(StateReader state) {
        Clock clock = state.get(CLOCK_KEY, Clock.class);
        return clock == null ? 0 : clock.getNowMs();
    }

    /**
     * The decision level at which features look at a journal record.
     *
     * @param installs what the record {@linkplain #installs puts in force}: it is in force by then
     */
    public int level(StateReader state, @Nullable Policy installs) {
        return levelOf(installs == null ? state.get(POLICY_KEY, Policy.class) : installs);
    }

    /** The policy that a journal record puts in force, or null; the first fact of such a record says so, at any level. */
    public @Nullable Policy installs(StateReader state, SpecificRecord journalValue) {
        return events.payload(journalValue) instanceof Policy offered
                        && supersedes(offered, state.get(POLICY_KEY, Policy.class))
                ? offered
                : null;
    }

    private static boolean supersedes(Policy offered, @Nullable Policy inForce) {
        return inForce == null || offered.getPolicyVersion() > inForce.getPolicyVersion();
    }

    /**
     * The header of the next fact that follows from a journal record, at any decision level.
     *
     * @param index how many facts have followed from the record
     */
    public FactHeader header(StateReader state, long offset, int index, String key) {
        Policy policy = state.get(POLICY_KEY, Policy.class);
        return new FactHeader(
                offset, index, key, nowMs(state), policy == null ? 0 : policy.getPolicyVersion(), levelOf(policy));
    }

    private int levelOf(@Nullable Policy policy) {
        int level = Levels.UNNAMED;
        if (policy != null) {
            for (StageLevel each : policy.getDecisionLevels()) {
                level = each.getStage().equals(stage.name()) ? each.getLevel() : level;
            }
        }
        if (level > stage.highestLevel()) {
            throw new NotUpgraded("policy " + Objects.requireNonNull(policy).getPolicyVersion() + " asks stage "
                    + stage.name() + " for decision level " + level + " (expected: at most " + stage.highestLevel()
                    + "; upgrade every instance first)");
        }
        return level;
    }

    /** Before the first policy hardly anything is decided, and it has to be for a policy to come. */
    private void requireLevel(@Nullable Policy policy) {
        int level = levelOf(policy);
        if (policy != null && level < stage.lowestLevel()) {
            throw new NotUpgraded("policy " + policy.getPolicyVersion() + " asks stage " + stage.name()
                    + " for decision level " + level + " (expected: at least " + stage.lowestLevel()
                    + "; run the version before until a policy that asks for it is in force everywhere)");
        }
    }

    /** The work on one journal record. */
    private final class Run {
        private final State state;
        private final long offset;
        private final String key;
        private final List<SpecificRecord> envelopes = new ArrayList<>();
        private final List<Outgoing> outgoing = new ArrayList<>();
        private final Outbox outbox = outgoing::add;

        Run(State state, long offset, String key) {
            this.state = state;
            this.offset = offset;
            this.key = key;
        }

        List<Step.FollowUp> decide(Step.FollowUp next) {
            SpecificRecord event = next.event();
            Policy inForce = state.get(POLICY_KEY, Policy.class);
            boolean installs = event instanceof Policy offered && supersedes(offered, inForce);
            Policy policy = installs ? (Policy) event : inForce;
            requireLevel(policy);
            if (installs) {
                emit(new PolicyInstalled(policy));
            }
            Step step = new Step(event, next.source(), key, nowMs(state), policy, state, this::emit);
            if (event instanceof Policy offered && PolicyVersions.isRepeat(offered, inForce)) {
                step.ignoreDuplicate();
                return List.of();
            } else if (event instanceof Policy offered && PolicyVersions.isTaken(offered, inForce)) {
                step.refuse(PolicyVersions.TAKEN, PolicyVersions.reason(offered));
                return List.of();
            }
            if (policy == null && !actsWithoutPolicy(event)) {
                step.refuse(
                        "no_policy",
                        "no policy is in force (expected: publish one, then send the event again"
                                + " under a new event_id)");
                return List.of();
            }
            for (Feature feature : stage.features()) {
                feature.decide(step);
            }
            return step.followUps();
        }

        private boolean actsWithoutPolicy(SpecificRecord event) {
            return event instanceof Tick
                    || event instanceof Policy
                    || stage.withoutPolicy().contains(event.getClass());
        }

        private void emit(SpecificRecord fact) {
            FactHeader header = header(state, offset, envelopes.size(), key);
            SpecificRecord envelope = facts.wrap(fact);
            envelope.put(envelope.getSchema().getField("header").pos(), header);
            envelopes.add(envelope);
            outgoing.add(new Outgoing(stage.facts(), key, envelope, Destination.OWN_PARTITION));
            StageRunner.this.apply(state, header, fact);
            if (fact instanceof EventRefused refused) {
                outgoing.addAll(deadLetter(header, refused));
            }
            for (Feature feature : stage.features()) {
                feature.project(header, fact, outbox);
            }
        }

        private List<Outgoing> deadLetter(FactHeader header, EventRefused refused) {
            Coordinates source = refused.getSource();
            if (source == null) {
                return List.of();
            }
            DeadLetter letter = new DeadLetter(
                    refused.getReasonCode(),
                    refused.getReason(),
                    stage.name(),
                    source,
                    key,
                    ByteBuffer.wrap(refused.getEventJson().getBytes(StandardCharsets.UTF_8)),
                    null,
                    header.getTimeMs());
            String at = source.getTopic() + "-" + source.getPartition() + "-" + source.getOffset();
            return List.of(new Outgoing(Channel.DEAD_LETTERS, at, letter, Destination.BY_KEY));
        }
    }
}
