package dev.heed.runner.dataset;

import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.event.Split;
import dev.heed.export.ExportPlan;
import dev.heed.export.ExportRefused;
import dev.heed.export.ExportReport;
import dev.heed.export.Format;
import dev.heed.export.Shape;
import dev.heed.out.DatasetVersion;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.ActorOption;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.loop.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Seals datasets, and reads what was sealed. */
@Command(name = "dataset", description = "Seal a dataset, list and compare versions, trace a row, export a version.")
public final class DatasetCommand {
    private static final long MOST_SECONDS = 86_400;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "seal", description = "Seal a dataset: a new version, cut behind every withdrawal before it.")
    int seal(
            @Parameters(paramLabel = "NAME", description = "preference, sft, binary, critique or guardrail.")
                    String name,
            @Mixin ActorOption actor,
            @Option(
                            names = "--timeout",
                            paramLabel = "SECONDS",
                            description = "How long to wait for the version (default: ${DEFAULT-VALUE}).",
                            defaultValue = "60")
                    long timeoutSeconds,
            @Mixin LineageEvents lineage,
            @Mixin ClusterOptions options) {
        VersionName.known(name);
        if (timeoutSeconds < 1 || timeoutSeconds > MOST_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout: " + timeoutSeconds + " (expected: 1 to " + MOST_SECONDS + ")");
        }
        lineage.check();
        Cluster cluster = options.cluster();
        DatasetVersion version = Sealing.seal(cluster, name, actor.name(), Duration.ofSeconds(timeoutSeconds));
        // It is sealed, whatever becomes of the events about it.
        out().println(line(version));
        lineage.send(LineageEvents.names(cluster).sealed(version));
        return 0;
    }

    @Command(name = "list", description = "List the versions of one dataset, or of all.")
    int list(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "A dataset (default: all).") @Nullable String name,
            @Mixin ClusterOptions options) {
        if (name != null) {
            VersionName.known(name);
        }
        List<DatasetVersion> versions = new ArrayList<>();
        new ClusterTopics(options.cluster(), options.keys()).versions(versions::add);
        versions.stream()
                .filter(version -> name == null || version.getDataset().equals(name))
                .sorted(Comparator.comparing(DatasetVersion::getDataset).thenComparing(DatasetVersion::getVersion))
                .forEach(version -> out().println(line(version)));
        return 0;
    }

    @Command(name = "diff", description = "Say which rows came, changed and went from one version to another, and why.")
    int diff(
            @Parameters(paramLabel = "NAME@A", description = "The first version.") String from,
            @Parameters(paramLabel = "NAME@B", description = "The second version.") String to,
            @Mixin ClusterOptions options) {
        try (StopSignal stop = StopSignal.interrupting()) {
            DatasetReports.difference(new ClusterTopics(options.cluster(), options.keys()), from, to, out());
        }
        return 0;
    }

    @Command(
            name = "lineage",
            description = "Say where a row comes from, what happened to it and which versions hold it.")
    int lineage(
            @Parameters(paramLabel = "ROW_ID", description = "INTERACTION|QUESTION|DATASET") String rowId,
            @Mixin ClusterOptions options) {
        out().print(DatasetReports.lineage(new ClusterTopics(options.cluster(), options.keys()), rowId));
        return 0;
    }

    @Command(
            name = "export",
            description = {
                "Write a version as files that a trainer loads.",
                "The same bytes every time until a row is erased; then the manifest holds a tombstone for it and the"
                        + " root is the same."
            })
    int export(
            @Parameters(paramLabel = "NAME@VERSION", description = "A sealed version.") String name,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "A new or empty directory.")
                    Path to,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "hf",
                            description = "hf, jsonl, trl, llama-factory or axolotl (default: ${DEFAULT-VALUE}).")
                    String format,
            @Option(
                            names = "--shape",
                            paramLabel = "SHAPE",
                            defaultValue = "",
                            description =
                                    "Form of a row, as docs/datasets.md lists them (default: the format's first).")
                    String shape,
            @Option(
                            names = "--split",
                            paramLabel = "train|holdout",
                            defaultValue = "train",
                            description = "Which side of the split (default: ${DEFAULT-VALUE}).")
                    String split,
            @Mixin LineageEvents lineage,
            @Mixin ClusterOptions options)
            throws IOException {
        VersionName wanted = VersionName.of(name);
        lineage.check();
        try (StopSignal stop = StopSignal.interrupting()) {
            Dataset dataset = DatasetNames.find(wanted.dataset()).orElseThrow();
            Format files = Format.of(format);
            Shape told = files.shape(dataset, shape);
            Cluster cluster = options.cluster();
            DatasetTopics topics = new ClusterTopics(cluster, options.keys());
            ExportPlan plan = new ExportPlan(wanted.find(topics), files, told, side(split), ExportPlan.ROWS_PER_FILE);
            Instant started = Instant.now();
            Exports done = Exports.write(topics, to, plan);
            print(done, plan, to);
            lineage.send(LineageEvents.names(cluster)
                    .exported(
                            plan.version(),
                            to.toAbsolutePath().toString(),
                            done.report().written(),
                            started,
                            Instant.now()));
        } catch (ExportRefused refused) {
            throw new Failure(refused.reason(), refused);
        }
        return 0;
    }

    private static Split side(String split) {
        return switch (split) {
            case "train" -> Split.TRAIN;
            case "holdout" -> Split.HOLDOUT;
            default -> throw new Failure("--split: " + split + " (expected: train or holdout)");
        };
    }

    private void print(Exports done, ExportPlan plan, Path to) {
        ExportReport report = done.report();
        PrintWriter out = out();
        out.println(to + ": " + report.written() + " rows of " + plan.version().getDataset() + "@"
                + plan.version().getVersion() + " as " + plan.format().title() + ", "
                + plan.shape().name()
                + "; root verified");
        if (report.erased() > 0) {
            out.println(report.erased() + " rows were erased since: tombstones in the manifest");
        }
        if (report.repeatedPrompts() > 0) {
            out.println(report.repeatedPrompts() + " rows have a prompt that an earlier row has word for word");
        }
        report.unfit().forEach(each -> out.println("left out: " + each.rowId() + ": " + each.reason()));
        if (report.unfitRows() > report.unfit().size()) {
            out.println("left out: " + (report.unfitRows() - report.unfit().size()) + " more; the manifest lists them");
        }
        done.retracted()
                .forEach((cause, rows) -> out.println(rows + " rows were retracted since it was sealed, cause " + cause
                        + "; a newer version leaves them out"));
        if (done.contaminated().clusters() > 0) {
            out.println("contaminated: " + done.contaminated().clusters() + " prompt clusters are held out and have "
                    + done.contaminated().trainingRows() + " training rows");
        }
    }

    private static String line(DatasetVersion version) {
        return DatasetNames.version(version.getDataset(), version.getVersion()) + "  " + version.getRows() + " rows, "
                + version.getHoldoutRows() + " held out, policies " + version.getPolicyVersions() + ", rubrics "
                + version.getRubricVersions() + ", parent "
                + (version.getParent() == null ? "none" : version.getParent()) + ", "
                + Instant.ofEpochMilli(version.getSealedAtMs()) + "  root " + version.getRoot();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
