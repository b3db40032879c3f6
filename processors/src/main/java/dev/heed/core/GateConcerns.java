package dev.heed.core;

import dev.heed.journal.Concern;
import dev.heed.journal.GatesEvent;

/** How stages tell gates what may keep a release from passing. */
public final class GateConcerns {
    private GateConcerns() {}

    /** Tells all gates: which of them it concerns, each knows by its plan. */
    public static void tell(Outbox out, Concern concern) {
        GatesEvent event = new GatesEvent();
        event.setConcern(concern);
        out.multicast(Channel.GATES_JOURNAL, concern.getConcernId(), event);
    }
}
