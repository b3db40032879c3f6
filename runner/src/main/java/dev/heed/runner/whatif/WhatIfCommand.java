package dev.heed.runner.whatif;

import dev.heed.policy.Policy;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.ClusterLogs;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.policy.PolicyFiles;
import dev.heed.runner.replay.SecretOption;
import dev.heed.topology.policy.PolicyInvalid;
import dev.heed.whatif.MissedRisk;
import dev.heed.whatif.PolicyChange;
import dev.heed.whatif.WhatIf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Decides the record under another policy. */
@Command(
        name = "what-if",
        description = {
            "Decide the recorded journals again under another policy, all stages together, and say what would change.",
            "A recorded label is revealed only where the other policy asks for it. Everything is in memory; no topic is"
                    + " written."
        })
public final class WhatIfCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The other policy.")
    private Path policyFile = Path.of("policy.yaml");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From when on it is in force, as 2026-11-01T08:00:00Z (default: from the beginning).")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Where to stop (default: at the end).")
    private @Nullable Instant to;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw spend and missed risk of both over time.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private SecretOption secret = new SecretOption();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ParameterException(
                    spec.commandLine(), "--from: " + from + " (expected: before --to, " + to + ")");
        }
        Policy policy = policy();
        PolicyChange change = new PolicyChange(
                policy, from == null ? 0 : from.toEpochMilli(), to == null ? Long.MAX_VALUE : to.toEpochMilli());
        WhatIf.Result result;
        try (ClusterLogs logs = new ClusterLogs(options.cluster())) {
            result = WhatIf.run(logs, secret.stages(options), change);
        }
        Policy recorded = result.recordedPolicy();
        if (recorded == null) {
            throw new Failure("the record has no policy (expected: one that was decided under)");
        }
        WhatIfReport report = new WhatIfReport(
                result,
                MissedRisk.of(result.recorded(), result.recorded(), recorded, recorded.getExplorationMicros()),
                MissedRisk.of(result.recorded(), result.other(), recorded, policy.getExplorationMicros()));
        if (plot != null) {
            try {
                WhatIfImage.write(plot, report);
            } catch (IOException failed) {
                throw new Failure(plot + ": " + failed.getMessage(), failed);
            }
        }
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return 0;
    }

    private Policy policy() {
        try {
            return PolicyFiles.read(policyFile);
        } catch (PolicyInvalid invalid) {
            throw new Failure(invalid.name() + ": " + String.join("; ", invalid.problems()), invalid);
        }
    }
}
