package dev.heed.runner.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.audit.AuditedLog;
import dev.heed.audit.TreeCheck;
import dev.heed.core.Channel;
import dev.heed.intake.Intake;
import dev.heed.out.AuditHead;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.ClusterLogs;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.replay.AuditReport;
import dev.heed.runner.replay.Replay;
import dev.heed.runner.replay.ReplayOptions;
import dev.heed.runner.replay.SecretOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves what stands in the logs, and checks it. */
@Command(name = "audit", description = "Prove that a fact was published, check a proof, or check all logs.")
public final class AuditCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "prove",
            description = "Print as JSON the proof that a fact is in the tree of a published head, and that the newest"
                    + " head's tree begins with that one.")
    int prove(
            @Parameters(paramLabel = "FACT", description = "STAGE/PARTITION/OFFSET, as in items/0/1234.") String fact,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        FactName name = FactName.parse(fact);
        try (ClusterLogs logs = new ClusterLogs(options.cluster())) {
            if (name.partition() < 0 || name.partition() >= logs.partitions()) {
                throw new Failure(
                        "partition: " + name.partition() + " (expected: 0 to " + (logs.partitions() - 1) + ")");
            }
            out().println(Proof.of(logs, name));
        }
        return 0;
    }

    @Command(name = "check", description = "Check a proof without any cluster. Exit code 1 when it does not hold.")
    int check(
            @Parameters(paramLabel = "FILE", description = "What 'heed audit prove' printed; - for standard input.")
                    Path file,
            @Option(
                            names = "--root",
                            paramLabel = "HEX",
                            description = "Root of the newest head, known from elsewhere.")
                    @Nullable String root) {
        JsonNode proof = JsonFile.read(file);
        List<String> problems = new ArrayList<>(Proof.check(proof, root));
        ProvedEntry entry = problems.isEmpty() ? ProvedEntry.of(proof) : ProvedEntry.NOT_READ;
        problems.addAll(entry.problems());
        if (!problems.isEmpty()) {
            throw new Failure(file + ": " + String.join("; ", problems));
        }
        out().println(proof.path("fact").asText() + " was record "
                + proof.path("index").asLong() + " of its log, under root "
                + proof.path("newest_head").path("root").asText());
        out().println(
                        entry.isRead()
                                ? "its entry says what is given as decoded"
                                : "its entry is of another schema than this release's: the bytes are proved, and what is"
                                        + " given as decoded is not");
        return 0;
    }

    @Command(
            name = "verify",
            description = {
                "Compare all journals and facts with every published head, and decide every journal again.",
                "Together this shows that no record was changed, removed or moved since its head was published, and that"
                        + " each decision follows from its inputs and policy. Exit code 1 when it does not hold."
            })
    int verify(
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description =
                                    "Heads kept from an earlier 'audit verify --json': the logs must extend them.")
                    @Nullable Path from,
            @Option(names = "--json", description = "Print one JSON object, which holds the newest heads.")
                    boolean json,
            @Mixin ReplayOptions replay,
            @Mixin SecretOption secret,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        try (ClusterLogs logs = new ClusterLogs(options.cluster())) {
            List<AuditHead> heads = new ArrayList<>(logs.heads());
            if (from != null) {
                logs.alsoExpect(KeptHeads.read(from, logs.partitions()));
            }
            AuditReport report = Replay.run(logs, secret.stages(options), replay);
            Intakes intakes = intakes(logs);
            boolean holds = report.holds() && intakes.problems().isEmpty();
            if (json) {
                ObjectNode object = report.json();
                object.put("holds", holds);
                object.put("intake_heads", intakes.heads());
                intakes.problems().forEach(object.putArray("intake_problems")::add);
                KeptHeads.write(heads, object.putArray("newest_heads"));
                out().println(object);
            } else {
                out().println(report.text());
                out().println("intake.facts: " + intakes.heads() + " heads"
                        + (intakes.problems().isEmpty() ? "" : "\n  " + String.join("\n  ", intakes.problems())));
            }
            return holds ? 0 : 1;
        }
    }

    private record Intakes(long heads, List<String> problems) {}

    /** Intake decides on what has long expired, so its facts are checked by hash alone. */
    private static Intakes intakes(ClusterLogs logs) {
        long heads = 0;
        List<String> problems = new ArrayList<>();
        for (int partition = 0; partition < logs.partitions(); partition++) {
            TreeCheck check = new TreeCheck(
                    new AuditedLog(Intake.STAGE, AuditedLog.FACTS, Channel.INTAKE_FACTS), partition, logs.heads());
            logs.records(Channel.INTAKE_FACTS, partition).forEachRemaining(check::read);
            check.finish();
            logs.closeLogs();
            heads += check.matched();
            problems.addAll(check.problems());
        }
        return new Intakes(heads, problems);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
