package dev.heed.runner.replay;

import dev.heed.core.Stage;
import dev.heed.runner.cluster.ClusterLogs;
import dev.heed.runner.cluster.ClusterOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Decides recorded journals again. */
@Command(
        name = "replay",
        description = {
            "Decide every journal again from its start and compare each fact with the one on record, byte for byte.",
            "Memory holds the state of one stage in each partition that is read at the time. Exit code 1 when anything"
                    + " differs."
        })
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verify", required = true, description = "Compare, and write nothing.")
    private boolean verify;

    @Option(names = "--stage", paramLabel = "NAME", description = "One stage only (default: all).")
    private @Nullable String stage;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Mixin
    private SecretOption secret = new SecretOption();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Override
    public Integer call() throws InterruptedException {
        List<Stage> stages = secret.stages(options).stream()
                .filter(each -> stage == null || each.name().equals(stage))
                .toList();
        if (stages.isEmpty()) {
            String all = secret.stages(options).stream().map(Stage::name).collect(Collectors.joining(", "));
            throw new ParameterException(spec.commandLine(), "--stage: " + stage + " (expected: one of " + all + ")");
        }
        AuditReport report;
        try (ClusterLogs logs = new ClusterLogs(options.cluster())) {
            report = Replay.run(logs, stages, replay);
        }
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return report.holds() ? 0 : 1;
    }
}
