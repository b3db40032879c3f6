package dev.heed.gates.evidence;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.AlertInstalled;
import dev.heed.fact.ConcernHeard;
import dev.heed.fact.LookAdvanced;
import dev.heed.fact.SealedVersionHeard;
import dev.heed.gates.GateKeys;
import dev.heed.journal.Concern;
import dev.heed.state.GateLook;
import dev.heed.state.GateState;
import dev.heed.state.GateWaiting;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Looks again at gates that are held back, or whose pass can be taken back, when something has changed that may do so: at
 * the gate of a model at once, at all others a few per tick, and from the beginning again if something changed meanwhile.
 */
final class Looks {
    private Looks() {}

    static void decide(Step step) {
        for (ConcernHeard heard : step.facts(ConcernHeard.class)) {
            Concern concern = heard.getConcern();
            // What has begun may have ended before the others' turn comes.
            for (String model : concern.getOpen() ? concern.getModels() : List.<String>of()) {
                if (step.state().get(GateKeys.gate(model), GateState.class) != null) {
                    Gate.read(step, model).lookAgain();
                }
            }
        }
    }

    static void goOn(Step step) {
        GateLook look = step.state().get(GateKeys.look(), GateLook.class);
        if (look == null) {
            return;
        }
        List<StateReader.Entry<GateWaiting>> next = step.state()
                .withPrefixAfter(
                        GateKeys.watched(),
                        GateKeys.watched(look.getAfter()),
                        GateWaiting.class,
                        EvidenceFeature.MAX_GATES_PER_TICK);
        for (StateReader.Entry<GateWaiting> entry : next) {
            Gate.read(step, Keys.lastPart(entry.key())).lookAgain();
        }
        boolean done = next.size() < EvidenceFeature.MAX_GATES_PER_TICK;
        step.emit(new LookAdvanced(
                done ? "" : Keys.lastPart(next.get(next.size() - 1).key()), look.getAgain()));
    }

    static void apply(State state, SpecificRecord fact) {
        if (fact instanceof ConcernHeard || fact instanceof AlertInstalled || fact instanceof SealedVersionHeard) {
            begin(state);
        } else if (fact instanceof LookAdvanced advanced) {
            if (!advanced.getAfter().isEmpty()) {
                state.put(GateKeys.look(), new GateLook(advanced.getAfter(), advanced.getAgain()));
            } else if (advanced.getAgain()) {
                state.put(GateKeys.look(), new GateLook("", false));
            } else {
                state.delete(GateKeys.look());
            }
        }
    }

    private static void begin(State state) {
        GateLook look = state.get(GateKeys.look(), GateLook.class);
        if (look != null) {
            state.put(GateKeys.look(), new GateLook(look.getAfter(), true));
        } else if (!state.withPrefix(GateKeys.watched(), GateWaiting.class, 1).isEmpty()) {
            state.put(GateKeys.look(), new GateLook("", false));
        }
    }
}
