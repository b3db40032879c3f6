package dev.heed.runner.gate;

import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import dev.heed.fact.EventRefused;
import dev.heed.gates.OfflineGate;
import dev.heed.out.GateVerdict;
import dev.heed.runner.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gate decided on a file of results, by the stage itself. */
final class OfflineEvaluation {
    private static final int MOST_PROBLEMS = 5;

    private OfflineEvaluation() {}

    /**
     * The verdict once all results are in and the deadline has passed.
     *
     * @throws Failure with the lines that the gate refuses
     */
    static GateVerdict of(String file, GatePlan plan, List<ResultsFile.Line> lines, String seed) {
        OfflineGate gate = new OfflineGate(seed.getBytes(StandardCharsets.UTF_8));
        Optional<EventRefused> refused = gate.plan(plan);
        if (refused.isPresent()) {
            throw new Failure("the plan is refused: " + refused.get().getReason());
        }
        List<String> problems = new ArrayList<>();
        for (ResultsFile.Line line : lines) {
            gate.result(line.result()).ifPresent(why -> problems.add("line " + line.number() + ": " + why.getReason()));
        }
        if (!problems.isEmpty()) {
            List<String> first = problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
            throw new Failure(file + ": " + String.join("; ", first)
                    + (problems.size() > first.size() ? "; and " + (problems.size() - first.size()) + " more" : ""));
        }
        // A step makes a bounded number of bets; what is left over goes on with the next.
        for (int tick = 0; tick == 0 || unfinished(gate, plan); tick++) {
            gate.tick(plan.getDeadlineMs() + tick);
        }
        return gate.verdict(plan.getCandidateId()).orElseThrow();
    }

    private static boolean unfinished(OfflineGate gate, GatePlan plan) {
        return !gate.verdict(plan.getCandidateId()).orElseThrow().getLatched()
                && gate.verdict(plan.getCandidateId())
                        .orElseThrow()
                        .getBlockers()
                        .isEmpty();
    }

    /** A plan for results that came without one: every slice and cluster of the file, with one margin. */
    static GatePlan planFor(List<ResultsFile.Line> lines, GatePlan.Builder plan, long marginMicros) {
        Map<List<String>, Map<String, Integer>> tests = new LinkedHashMap<>();
        for (ResultsFile.Line line : lines) {
            tests.computeIfAbsent(
                            List.of(line.result().getMetric(), line.result().getSlice()), test -> new LinkedHashMap<>())
                    .merge(line.result().getCluster(), 1, Integer::sum);
        }
        List<SliceMargin> slices = new ArrayList<>();
        tests.forEach((test, clusters) -> slices.add(SliceMargin.newBuilder()
                .setMetric(test.get(0))
                .setSlice(test.get(1))
                .setMarginMicros(marginMicros)
                .setClusters(List.copyOf(clusters.keySet()))
                .setExamples(List.copyOf(clusters.values()))
                .build()));
        return plan.setSlices(slices).build();
    }
}
