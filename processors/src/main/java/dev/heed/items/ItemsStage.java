package dev.heed.items;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.RaterProfile;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.ItemsFact;
import dev.heed.items.alerts.Alerts;
import dev.heed.items.appeals.Appeals;
import dev.heed.items.arrival.Consents;
import dev.heed.items.arrival.Installs;
import dev.heed.items.arrival.Interactions;
import dev.heed.items.arrival.Parking;
import dev.heed.items.arrival.Signals;
import dev.heed.items.arrival.UnsupportedActions;
import dev.heed.items.arrival.Verdicts;
import dev.heed.items.escalation.Acknowledgements;
import dev.heed.items.escalation.EscalationActions;
import dev.heed.items.escalation.Escalations;
import dev.heed.items.escalation.Notifications;
import dev.heed.items.escalation.Silences;
import dev.heed.items.judgment.Beliefs;
import dev.heed.items.judgment.ClosedRequests;
import dev.heed.items.judgment.Judgments;
import dev.heed.items.observations.Observations;
import dev.heed.items.observations.Rewards;
import dev.heed.items.rows.Rows;
import dev.heed.items.seals.Seals;
import dev.heed.items.slots.GoldAnswers;
import dev.heed.items.slots.GoldLabels;
import dev.heed.items.slots.GoldTasks;
import dev.heed.items.slots.Labels;
import dev.heed.items.slots.Leases;
import dev.heed.items.slots.Proposals;
import dev.heed.items.slots.Requests;
import dev.heed.items.slots.SetAsides;
import dev.heed.items.triage.Triage;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.Price;
import dev.heed.journal.RaterModels;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SealMarker;
import dev.heed.journal.SliceAlert;
import java.util.List;
import java.util.Set;

/** The items stage: what is known and decided about each interaction. Its journal's key is the interaction. */
public final class ItemsStage {
    private static final int HIGHEST_LEVEL = 1;

    private ItemsStage() {}

    /** @param seed secret seed of the exploration draw and the holdout split; the same for ever, or replays differ */
    public static Stage create(byte[] seed) {
        return new Stage(
                "items",
                Channel.ITEMS_JOURNAL,
                ItemsEvent.getClassSchema(),
                Channel.ITEMS_FACTS,
                ItemsFact.getClassSchema(),
                HIGHEST_LEVEL,
                Set.of(
                        RaterModels.class,
                        Price.class,
                        RaterProfile.class,
                        RaterStanding.class,
                        ConsentDecided.class,
                        SliceAlert.class,
                        SealMarker.class),
                // What comes, then what it means, then who is asked, then what is answered, then what it trains.
                List.of(
                        new Interactions(),
                        new Parking(),
                        new Installs(),
                        new UnsupportedActions(),
                        new Consents(),
                        new Signals(),
                        new Alerts(),
                        new Verdicts(),
                        new SetAsides(),
                        new Proposals(),
                        new Beliefs(),
                        new Triage(seed),
                        // What an appeal overturns may open again.
                        new Appeals(),
                        new Escalations(),
                        new Acknowledgements(),
                        new EscalationActions(),
                        new Silences(),
                        new Notifications(),
                        new Requests(),
                        new GoldTasks(),
                        new Leases(),
                        new Labels(),
                        new GoldLabels(),
                        new GoldAnswers(),
                        new Judgments(),
                        new ClosedRequests(),
                        new Rows(seed),
                        new Rewards(),
                        new Observations(),
                        new Seals()));
    }
}
