package dev.heed.core;

import dev.heed.event.Coordinates;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One event being decided: what happened, what is known, and the facts so far. */
public final class Step {
    /** An event decided in the wake of another, under the same journal offset. */
    record FollowUp(SpecificRecord event, @Nullable Coordinates source) {}

    private final SpecificRecord event;
    private final @Nullable Coordinates source;
    private final String key;
    private final long nowMs;
    private final @Nullable Policy policy;
    private final StateReader state;
    private final Consumer<SpecificRecord> emitter;
    private final List<SpecificRecord> facts = new ArrayList<>();
    private final List<FollowUp> followUps = new ArrayList<>();

    Step(
            SpecificRecord event,
            @Nullable Coordinates source,
            String key,
            long nowMs,
            @Nullable Policy policy,
            StateReader state,
            Consumer<SpecificRecord> emitter) {
        this.event = event;
        this.source = source;
        this.key = key;
        this.nowMs = nowMs;
        this.policy = policy;
        this.state = state;
        this.emitter = emitter;
    }

    /** What happened: the payload of the journal's envelope. */
    public SpecificRecord event() {
        return event;
    }

    /** Where the event stands in its public input, or null when another stage sent it. */
    public @Nullable Coordinates source() {
        return source;
    }

    /** Key of the journal record. */
    public String key() {
        return key;
    }

    /** The stage's time, milliseconds since the epoch; 0 before the first tick. */
    public long nowMs() {
        return nowMs;
    }

    /** True once a policy is in force. */
    public boolean hasPolicy() {
        return policy != null;
    }

    /** The policy in force. The runner refuses events that need one before there is one. */
    public Policy policy() {
        if (policy == null) {
            throw new IllegalStateException("no policy is in force (expected: the runner to have refused the event)");
        }
        return policy;
    }

    /** The state, with all facts emitted so far applied. */
    public StateReader state() {
        return state;
    }

    /** The facts emitted on this event so far, in order. */
    public List<SpecificRecord> facts() {
        return List.copyOf(facts);
    }

    /** The facts of one type emitted on this event so far. */
    public <T extends SpecificRecord> List<T> facts(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (SpecificRecord fact : facts) {
            if (type.isInstance(fact)) {
                found.add(type.cast(fact));
            }
        }
        return found;
    }

    /** Emits a fact: it is stamped, applied to the state at once, and kept. */
    public void emit(SpecificRecord fact) {
        facts.add(fact);
        emitter.accept(fact);
    }

    /**
     * Refuses the event: it becomes a dead letter with a reason a person can act on.
     *
     * @param code stable, for machines
     * @param reason what was found and what was expected
     */
    public void refuse(String code, String reason) {
        emit(new EventRefused(Events.id(event), Events.type(event), code, reason, event.toString(), source));
    }

    /** Says that the event was acted on before. */
    public void ignoreDuplicate() {
        emit(new DuplicateIgnored(Events.id(event), Events.type(event), source));
    }

    /** Has another event decided right after this one, as if it had come now. */
    public void thenDecide(SpecificRecord followUp, @Nullable Coordinates followUpSource) {
        followUps.add(new FollowUp(followUp, followUpSource));
    }

    List<FollowUp> followUps() {
        return followUps;
    }
}
