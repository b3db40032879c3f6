package dev.heed.runner.gate;

import dev.heed.event.GatePlan;
import dev.heed.math.Micros;
import dev.heed.out.GateVerdict;
import dev.heed.topology.policy.PolicyInvalid;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides a file of paired results. */
@Command(
        name = "evaluate",
        description = {
            "Decide a file of paired results, without a cluster, as the loop would.",
            "The file is CSV with a header: cluster, and difference or both candidate and reference (their scores);"
                    + " perhaps slice, metric, example, violated, holdout and candidate_id (whose result it is)."
        },
        exitCodeList = {
            "0:PASS",
            "1:failed, and nothing was decided",
            "2:wrong usage",
            "3:FAIL",
            "4:INCONCLUSIVE",
            "5:REVOKED"
        })
final class GateEvaluateCommand implements Callable<Integer> {
    private static final String CANDIDATE = "candidate";
    private static final double MARGIN = 0.05;
    private static final double ALPHA = 0.05;
    private static final double MOST_ALPHA = 0.5;
    private static final double LEAST = 1e-6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The results, plain or .gz; - for standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "The plan; default: made of the file, by the options below.")
    private @Nullable Path planFile;

    @Option(
            names = "--candidate",
            paramLabel = "NAME",
            description = "Its name, without --plan (default: " + CANDIDATE + ").")
    private @Nullable String candidate;

    @Option(
            names = "--margin",
            paramLabel = "D",
            description = "How much worse it may be on each slice, without --plan (default: " + MARGIN + ").")
    private @Nullable Double margin;

    @Option(names = "--alpha", paramLabel = "A", description = "Error level, without --plan (default: " + ALPHA + ").")
    private @Nullable Double alpha;

    @Option(
            names = "--attempt",
            paramLabel = "K",
            description = "Which attempt on this line or holdout it is, at least (default: ${DEFAULT-VALUE}).")
    private int attempt = 1;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Decides the order of the bets; choose it before the results are known (default:"
                    + " ${DEFAULT-VALUE}).")
    private String seed = "heed";

    @Option(names = "--json", description = GateCommand.JSON)
    private boolean json;

    @Override
    public Integer call() {
        require(attempt >= 1, "--attempt", attempt, "1 or more");
        require(!seed.isEmpty(), "--seed", seed, "not empty");
        return planFile == null ? withoutPlan() : withPlan(planFile);
    }

    private int withoutPlan() {
        String name = candidate == null ? CANDIDATE : candidate;
        double d = margin == null ? MARGIN : margin;
        double a = alpha == null ? ALPHA : alpha;
        require(!name.isEmpty(), "--candidate", name, "not empty");
        require(d >= LEAST && d <= 1 - LEAST, "--margin", d, "more than 0 and less than 1");
        require(a >= LEAST && a <= MOST_ALPHA, "--alpha", a, "more than 0, up to " + MOST_ALPHA);
        List<ResultsFile.Line> lines = ResultsFile.read(file, name);
        GatePlan.Builder plan = GatePlan.newBuilder()
                .setEventId("plan")
                .setCandidateId(name)
                .setReferenceId("reference")
                .setModelDigest("none")
                .setMetric("difference")
                .setAlphaMicros(Micros.of(a))
                .setAttempt(attempt)
                .setDeadlineMs(1)
                .setOccurredAtMs(0);
        return decide(OfflineEvaluation.planFor(lines, plan, Micros.of(d)), lines);
    }

    private int withPlan(Path named) {
        // What the plan says was frozen before the results; an option that is not heard would be read as if it were.
        Map<String, @Nullable Object> frozen = new LinkedHashMap<>();
        frozen.put("--candidate", candidate);
        frozen.put("--margin", margin);
        frozen.put("--alpha", alpha);
        frozen.forEach((option, given) -> require(given == null, option, given, "none beside --plan, which says it"));
        try {
            // Results are decided as if they had come in time, also when the deadline has passed long since.
            GatePlan plan = PlanFile.read(named, 0);
            if (attempt > plan.getAttempt()) {
                plan.setAttempt(attempt);
            }
            return decide(plan, ResultsFile.read(file, plan.getCandidateId()));
        } catch (PolicyInvalid invalid) {
            return PlanFile.tell(invalid, spec);
        }
    }

    private int decide(GatePlan plan, List<ResultsFile.Line> lines) {
        GateVerdict verdict = OfflineEvaluation.of(file.toString(), plan, lines, seed);
        return VerdictAnswer.tell(verdict, json, spec);
    }

    private void require(boolean holds, String option, @Nullable Object found, String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + ": " + found + " (expected: " + expected + ")");
        }
    }
}
