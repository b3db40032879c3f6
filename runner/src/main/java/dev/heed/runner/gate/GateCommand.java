package dev.heed.runner.gate;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Evaluation;
import dev.heed.event.GateOverride;
import dev.heed.event.GatePlan;
import dev.heed.event.Verdict;
import dev.heed.gates.plans.PlanDigest;
import dev.heed.json.JsonWriter;
import dev.heed.math.Micros;
import dev.heed.out.GateVerdict;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import dev.heed.runner.cluster.ActorOption;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.escalations.ActionAnswer;
import dev.heed.topology.policy.GatePlanFile;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Freezes plans, tells verdicts, decides files of results, and overrules. */
@Command(
        name = "gate",
        description = "Freeze the plan of a release gate, see its verdict, decide a file of results, or overrule it.",
        footer = {"", "Where a verdict is asked for, exit code 0 means PASS and 1 that it is not."})
public final class GateCommand {
    private static final String JSON = "Print one JSON object per line.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "plan", description = "Check a plan, and publish it so that it is frozen.")
    int plan(
            @Parameters(paramLabel = "FILE", description = "A plan in YAML or JSON; - for standard input.") Path file,
            @Option(names = "--check", description = "Only check it.") boolean check,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        GatePlan plan;
        try {
            plan = read(file, InstantSource.system().millis());
        } catch (PolicyInvalid invalid) {
            return tell(invalid);
        }
        if (check) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: candidate %s, %d slices: no problems%n",
                            file, plan.getCandidateId(), plan.getSlices().size());
            return 0;
        }
        Cluster cluster = options.cluster();
        GateVerdict known = GateBoard.read(cluster).get(plan.getCandidateId());
        if (known != null && known.getPlanDigest().equals(PlanDigest.of(plan))) {
            // Frozen before: there is nothing that could answer.
            print(known, json);
            return 0;
        }
        GateVerdict verdict = (GateVerdict) new ActionAnswer(cluster)
                .to(
                        Channel.EVALUATIONS,
                        plan.getCandidateId(),
                        new Evaluation(plan, null),
                        Channel.GATE_VERDICTS,
                        value -> ((GateVerdict) value).getCandidateId().equals(plan.getCandidateId()),
                        value -> false);
        print(verdict, json);
        return 0;
    }

    @Command(name = "status", description = "The verdicts of gates, with the evidence of each slice.")
    int status(
            @Parameters(paramLabel = "CANDIDATE", arity = "0..1", description = "One candidate; default: all.")
                    @Nullable String candidate,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options) {
        Map<String, GateVerdict> verdicts = GateBoard.read(options.cluster());
        if (candidate == null) {
            verdicts.values().forEach(verdict -> print(verdict, json));
            return 0;
        }
        GateVerdict verdict = verdicts.get(candidate);
        if (verdict == null) {
            throw new Failure("no gate of " + candidate + " (expected: one of " + verdicts.keySet() + ")");
        }
        return tell(verdict, json);
    }

    @Command(
            name = "evaluate",
            description = {
                "Decide a file of paired results, without a cluster, as the loop would.",
                "The file is CSV with a header: cluster, and difference or both candidate and reference; perhaps slice,"
                        + " metric, example, violated and holdout."
            })
    int evaluate(
            @Parameters(paramLabel = "FILE", description = "The results, plain or .gz; - for standard input.")
                    Path file,
            @Option(
                            names = "--plan",
                            paramLabel = "PLAN",
                            description = "The plan; default: made of the file, by the" + " options below.")
                    @Nullable Path planFile,
            @Option(
                            names = "--candidate",
                            paramLabel = "NAME",
                            defaultValue = "candidate",
                            description = "Its name" + " (default: ${DEFAULT-VALUE}).")
                    String candidate,
            @Option(
                            names = "--margin",
                            paramLabel = "D",
                            defaultValue = "0.05",
                            description = "How much worse it may" + " be on each slice (default: ${DEFAULT-VALUE}).")
                    double margin,
            @Option(
                            names = "--alpha",
                            paramLabel = "A",
                            defaultValue = "0.05",
                            description = "Error level (default:" + " ${DEFAULT-VALUE}).")
                    double alpha,
            @Option(
                            names = "--attempt",
                            paramLabel = "K",
                            defaultValue = "1",
                            description =
                                    "Which attempt on this line" + " or holdout it is (default: ${DEFAULT-VALUE}).")
                    int attempt,
            @Option(
                            names = "--seed",
                            paramLabel = "S",
                            defaultValue = "heed",
                            description = "Decides the order of the"
                                    + " bets; choose it before the results are known (default: ${DEFAULT-VALUE}).")
                    String seed,
            @Option(names = "--json", description = JSON) boolean json) {
        if (planFile == null) {
            List<ResultsFile.Line> lines = ResultsFile.read(file, candidate);
            GatePlan.Builder plan = GatePlan.newBuilder()
                    .setEventId("plan")
                    .setCandidateId(candidate)
                    .setReferenceId("reference")
                    .setModelDigest("none")
                    .setMetric("difference")
                    .setAlphaMicros(Micros.of(alpha))
                    .setAttempt(attempt)
                    .setDeadlineMs(1)
                    .setOccurredAtMs(0);
            GatePlan made = OfflineEvaluation.planFor(lines, plan, Micros.of(margin));
            return tell(OfflineEvaluation.of(file.toString(), made, lines, seed), json);
        }
        try {
            // Results are decided as if they had come in time, also when the deadline has passed long since.
            GatePlan plan = read(planFile, 0);
            if (attempt > plan.getAttempt()) {
                plan.setAttempt(attempt);
            }
            List<ResultsFile.Line> lines = ResultsFile.read(file, plan.getCandidateId());
            return tell(OfflineEvaluation.of(file.toString(), plan, lines, seed), json);
        } catch (PolicyInvalid invalid) {
            return tell(invalid);
        }
    }

    @Command(name = "override", description = "Ask to overrule a gate; it takes two people who ask for the same.")
    int override(
            @Parameters(paramLabel = "CANDIDATE", description = "The candidate.") String candidate,
            @Parameters(paramLabel = "VERDICT", description = "PASS, FAIL or REVOKED.") Verdict verdict,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept for ever.")
                    String reason,
            @Mixin ActorOption actor,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options)
            throws InterruptedException {
        Action action = actor.action(candidate)
                .setOverride(new GateOverride(candidate, verdict, reason))
                .build();
        Cluster cluster = options.cluster();
        GateVerdict answer = (GateVerdict) new ActionAnswer(cluster)
                .to(
                        action,
                        Channel.GATE_VERDICTS,
                        value -> answers((GateVerdict) value, action.getEventId()),
                        value -> false);
        print(answer, json);
        return 0;
    }

    private static boolean answers(GateVerdict verdict, String eventId) {
        return (verdict.getProposed() != null
                        && verdict.getProposed().getEventId().equals(eventId))
                || (verdict.getOverruled() != null
                        && verdict.getOverruled().getEventIds().contains(eventId));
    }

    private static GatePlan read(Path file, long nowMs) throws PolicyInvalid {
        try (InputStream in = InputFile.open(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return GatePlanFile.parse(file.toString(), text, nowMs);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private int tell(GateVerdict verdict, boolean json) {
        print(verdict, json);
        return verdict.getVerdict() == Verdict.PASS ? 0 : 1;
    }

    private void print(GateVerdict verdict, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonWriter.write(verdict) : GateReport.text(verdict));
    }

    private int tell(PolicyInvalid invalid) {
        PrintWriter err = spec.commandLine().getErr();
        invalid.problems().forEach(problem -> err.println(invalid.name() + ": " + problem));
        return 1;
    }
}
