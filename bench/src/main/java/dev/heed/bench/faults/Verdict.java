package dev.heed.bench.faults;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.RowOp;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.guarantee.SuspendedAreSilent;
import dev.heed.guarantee.VersionsAreCausalCuts;
import dev.heed.out.Delta;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterLogs;
import dev.heed.runner.replay.AuditReport;
import dev.heed.runner.replay.Replay;
import dev.heed.runner.replay.ReplayOptions;
import java.util.ArrayList;
import java.util.List;

/** Judges what a stopped loop left on record, by readers that know nothing but the topics. */
final class Verdict {
    private static final List<Guarantee> PROMISES = List.of(
            new RowsFollowConsentAndJudgment(),
            new RowsAreWhatWasAllowed(),
            new DatasetsKeepTheirRules(),
            new SpendIsBounded(),
            new CountsAreSums(),
            new SuspendedAreSilent(),
            new VersionsAreCausalCuts());

    private Verdict() {}

    static FaultReport of(Cluster cluster, List<Stage> stages, FaultRun.Kills kills) throws InterruptedException {
        try (ClusterLogs logs = new ClusterLogs(cluster)) {
            AuditReport replay = Replay.run(logs, stages, new ReplayOptions());
            List<String> breaches = new ArrayList<>(replay.problems());
            RecordedLoop recorded = new RecordedLoop(cluster, logs);
            NothingLost.Account inputs = new NothingLost().account(recorded);
            breaches.addAll(inputs.breaches());
            for (Guarantee promise : PROMISES) {
                promise.breaches(recorded)
                        .forEach(breach -> breaches.add(promise.getClass().getSimpleName() + ": " + breach));
            }
            long retracts = recorded.records(Channel.DATASET_LOG).stream()
                    .filter(record -> record.value() instanceof Delta delta && delta.getOp() == RowOp.RETRACT)
                    .count();
            return new FaultReport(
                    kills.all,
                    kills.beforeWorking,
                    kills.startsMs.stream().sorted().toList(),
                    inputs,
                    RowsAreWhatWasAllowed.standing(recorded).size(),
                    retracts,
                    replay,
                    breaches);
        }
    }
}
