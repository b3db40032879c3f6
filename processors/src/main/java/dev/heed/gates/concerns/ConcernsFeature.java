package dev.heed.gates.concerns;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Blocker;
import dev.heed.fact.ConcernHeard;
import dev.heed.fact.FactHeader;
import dev.heed.gates.Concerns;
import dev.heed.journal.Concern;
import org.apache.avro.specific.SpecificRecord;

/** Holds the concerns of other stages while they stand, by what they are about. */
public final class ConcernsFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof Concern concern && concern.getBlocker() != Blocker.UNKNOWN) {
            step.emit(new ConcernHeard(concern));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ConcernHeard heard) {
            Concerns.apply(state, header, heard.getConcern());
        }
    }
}
