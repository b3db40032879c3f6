package dev.heed.gates.holdouts;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.SealedVersionHeard;
import dev.heed.gates.GateKeys;
import dev.heed.journal.SealedVersion;
import org.apache.avro.specific.SpecificRecord;

/** Knows which dataset versions are sealed: a gate does not pass by results on one that is not. */
public final class HoldoutsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof SealedVersion version)) {
            return;
        }
        if (step.state().get(GateKeys.sealed(version.getName()), SealedVersion.class) != null) {
            step.ignoreDuplicate();
        } else {
            step.emit(new SealedVersionHeard(version));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof SealedVersionHeard heard) {
            state.put(GateKeys.sealed(heard.getVersion().getName()), heard.getVersion());
        }
    }
}
