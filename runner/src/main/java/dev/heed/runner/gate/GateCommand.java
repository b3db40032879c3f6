package dev.heed.runner.gate;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Evaluation;
import dev.heed.event.GateOverride;
import dev.heed.event.GatePlan;
import dev.heed.event.Verdict;
import dev.heed.gates.plans.PlanDigest;
import dev.heed.json.JsonWriter;
import dev.heed.out.GateVerdict;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.ActorOption;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.escalations.ActionAnswer;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
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
        subcommands = GateEvaluateCommand.class)
public final class GateCommand {
    static final String JSON = "Print one JSON object per line.";

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
            plan = PlanFile.read(file, InstantSource.system().millis());
        } catch (PolicyInvalid invalid) {
            return PlanFile.tell(invalid, spec);
        }
        if (check) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonWriter.write(plan));
            } else {
                out.printf(
                        "%s: candidate %s, %d slices: no problems%n",
                        file, plan.getCandidateId(), plan.getSlices().size());
            }
            return 0;
        }
        Cluster cluster = options.cluster();
        GateVerdict known = GateBoard.read(cluster).get(plan.getCandidateId());
        if (known != null && known.getPlanDigest().equals(PlanDigest.of(plan))) {
            // Frozen before: there is nothing that could answer.
            VerdictAnswer.print(known, json, spec);
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
        VerdictAnswer.print(verdict, json, spec);
        return 0;
    }

    @Command(
            name = "status",
            description = {
                "The verdicts of gates, with the evidence of each slice.",
                "Of one candidate the exit code tells the verdict."
            },
            exitCodeList = {
                "0:PASS, or all were listed",
                "1:failed",
                "2:wrong usage",
                "3:FAIL",
                "4:INCONCLUSIVE, or open",
                "5:REVOKED"
            })
    int status(
            @Parameters(paramLabel = "CANDIDATE", arity = "0..1", description = "One candidate; default: all.")
                    @Nullable String candidate,
            @Option(names = "--json", description = JSON) boolean json,
            @Mixin ClusterOptions options) {
        Map<String, GateVerdict> verdicts = GateBoard.read(options.cluster());
        if (candidate == null) {
            verdicts.values().forEach(verdict -> VerdictAnswer.print(verdict, json, spec));
            return 0;
        }
        GateVerdict verdict = verdicts.get(candidate);
        if (verdict == null) {
            throw new Failure("no gate of " + candidate + " (expected: one of " + verdicts.keySet() + ")");
        }
        return VerdictAnswer.tell(verdict, json, spec);
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
        VerdictAnswer.print(answer, json, spec);
        return 0;
    }

    private static boolean answers(GateVerdict verdict, String eventId) {
        return (verdict.getProposed() != null
                        && verdict.getProposed().getEventId().equals(eventId))
                || (verdict.getOverruled() != null
                        && verdict.getOverruled().getEventIds().contains(eventId));
    }
}
