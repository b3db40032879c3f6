package dev.heed.gates;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.fact.GatesFact;
import dev.heed.gates.actions.ActionsFeature;
import dev.heed.gates.alerts.AlertsFeature;
import dev.heed.gates.attempts.AttemptsFeature;
import dev.heed.gates.concerns.ConcernsFeature;
import dev.heed.gates.evidence.EvidenceFeature;
import dev.heed.gates.holdouts.HoldoutsFeature;
import dev.heed.gates.plans.PlansFeature;
import dev.heed.gates.results.ResultsFeature;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.AttemptGiven;
import dev.heed.journal.AttemptWanted;
import dev.heed.journal.Concern;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.SealedVersion;
import dev.heed.journal.SliceAlert;
import java.util.List;
import java.util.Set;

/** The gates stage: plans and paired results in, verdicts out. Its journal's key is the candidate. */
public final class GatesStage {
    private static final int HIGHEST_LEVEL = 1;

    private GatesStage() {}

    /**
     * The stage.
     *
     * @param seed decides the order in which results are bet on; whoever makes results must not know it
     */
    public static Stage create(byte[] seed) {
        return new Stage(
                "gates",
                Channel.GATES_JOURNAL,
                GatesEvent.getClassSchema(),
                Channel.GATES_FACTS,
                GatesFact.getClassSchema(),
                HIGHEST_LEVEL,
                // A plan brings its own numbers, so a gate needs no policy.
                Set.of(
                        GatePlan.class,
                        PairedResult.class,
                        ActionAccepted.class,
                        SliceAlert.class,
                        AttemptWanted.class,
                        AttemptGiven.class,
                        Concern.class,
                        SealedVersion.class),
                // Evidence last: it goes on from what the others have just decided.
                List.of(
                        new PlansFeature(seed),
                        new AttemptsFeature(),
                        new ResultsFeature(),
                        new ActionsFeature(),
                        new AlertsFeature(),
                        new ConcernsFeature(),
                        new HoldoutsFeature(),
                        new EvidenceFeature()));
    }
}
