package dev.heed.items.escalation;

import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.EscalationRetriggered;
import dev.heed.fact.FactHeader;
import dev.heed.items.Timers;
import dev.heed.journal.Tick;
import dev.heed.policy.EscalationLevel;
import dev.heed.state.HeldEscalation;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Opens an escalation again whose acknowledgement ran out before anybody closed it. */
public final class Acknowledgements implements Feature {
    /** Most that run out per tick; the rest wait for the next. */
    static final int MAX_DUE_PER_TICK = 256;

    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof Tick)) {
            return;
        }
        for (String[] target : Timers.due(step.state(), IncidentIndexes.ACKNOWLEDGED, step.nowMs(), MAX_DUE_PER_TICK)) {
            HeldEscalation held = Incident.held(step.state(), target[0], target[1]);
            Levels levels = new Levels(held.getLevels());
            EscalationLevel level = levels.at(held.getLevelIndex());
            step.emit(new EscalationRetriggered(
                    target[0],
                    target[1],
                    level.getName(),
                    held.getLevelIndex(),
                    Objects.requireNonNull(held.getActor()),
                    held.getAckExpiresMs(),
                    held.getRiskMicros(),
                    levels.dueMs(held.getLevelIndex(), Hours.next(level, step.nowMs())),
                    held.getPolicyVersion(),
                    held.getNoticedAtMs(),
                    held.getGroup()));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof EscalationRetriggered again) {
            Incident.retrigger(state, again);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof EscalationRetriggered again) {
            Published.retriggered(header, again).to(out);
        }
    }
}
