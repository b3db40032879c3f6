package dev.heed.queues;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.RaterProfile;
import dev.heed.fact.QueuesFact;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.RaterStanding;
import dev.heed.queues.admission.Admission;
import dev.heed.queues.admission.Closings;
import dev.heed.queues.admission.Thinning;
import dev.heed.queues.gold.Shelf;
import dev.heed.queues.handout.Leases;
import dev.heed.queues.handout.Matching;
import dev.heed.queues.handout.Requests;
import dev.heed.queues.pools.PoolLife;
import dev.heed.queues.pools.Roster;
import dev.heed.queues.pools.Standings;
import dev.heed.queues.price.Bucket;
import dev.heed.queues.price.Pricing;
import dev.heed.queues.price.Staffing;
import java.util.List;
import java.util.Set;

/** The stage that decides who labels what, and what a label costs. */
public final class QueuesStage {
    /** Highest decision level of this code. */
    private static final int HIGHEST_LEVEL = 1;

    private QueuesStage() {}

    /**
     * Assembles the stage. The order of the features is part of its decisions: time fills the bucket before anything is
     * handed out, and the price is set on what is left then.
     *
     * @param seed secret; decides what the exploration lane keeps and in which order it serves, and whom gold is served
     */
    public static Stage create(byte[] seed) {
        Admittance admittance = new Admittance(seed);
        return new Stage(
                "queues",
                Channel.QUEUES_JOURNAL,
                QueuesEvent.getClassSchema(),
                Channel.QUEUES_FACTS,
                QueuesFact.getClassSchema(),
                HIGHEST_LEVEL,
                Set.of(RaterProfile.class, RaterStanding.class),
                List.of(
                        new Roster(),
                        new Standings(),
                        new PoolLife(),
                        new Bucket(),
                        new Staffing(),
                        new Thinning(),
                        new Admission(admittance),
                        new Closings(),
                        new Shelf(seed),
                        new Leases(admittance),
                        new Requests(),
                        new Matching(seed),
                        new Pricing()));
    }
}
