package dev.heed.gates.plans;

import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that keeps a plan from being frozen, each by its field, with what was expected. */
final class PlanProblems {
    /** Most slices of a plan. */
    static final int MAX_SLICES = 100;
    /** Most clusters of a plan, all slices together; they are stored in one step. */
    static final int MAX_CLUSTERS = 20_000;

    /** Most problems named; a plan with more is mistaken in one way many times. */
    private static final int MAX_PROBLEMS = 20;

    private static final long MAX_ALPHA_MICROS = 500_000;
    private static final long MAX_MARGIN_MICROS = 999_999;

    private final List<String> problems = new ArrayList<>();

    private PlanProblems() {}

    static List<String> of(GatePlan plan, long nowMs) {
        PlanProblems found = new PlanProblems();
        found.require(!plan.getCandidateId().isEmpty(), "candidate_id", "", "not empty");
        found.require(
                !plan.getReferenceId().equals(plan.getCandidateId()),
                "reference_id",
                plan.getReferenceId(),
                "another model than the candidate");
        found.require(plan.getAttempt() >= 1, "attempt", plan.getAttempt(), "1 or more");
        found.require(
                plan.getAlphaMicros() >= 1 && plan.getAlphaMicros() <= MAX_ALPHA_MICROS,
                "alpha_micros",
                plan.getAlphaMicros(),
                "1 to " + MAX_ALPHA_MICROS);
        found.require(
                plan.getDeadlineMs() > nowMs, "deadline_ms", plan.getDeadlineMs(), "after the stage's time " + nowMs);
        found.checkSlices(plan.getSlices());
        return found.problems;
    }

    private void checkSlices(List<SliceMargin> slices) {
        require(
                !slices.isEmpty() && slices.size() <= MAX_SLICES,
                "slices",
                slices.size() + " slices",
                "1 to " + MAX_SLICES);
        int clusters =
                slices.stream().mapToInt(slice -> slice.getClusters().size()).sum();
        // A slice without clusters is allowed beside others: it can say nothing, so the gate can then not pass.
        require(
                clusters >= 1 && clusters <= MAX_CLUSTERS,
                "slices",
                clusters + " clusters in all",
                "1 to " + MAX_CLUSTERS);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < slices.size(); i++) {
            SliceMargin slice = slices.get(i);
            String field = "slices[" + i + "]";
            require(
                    !slice.getSlice().isEmpty() && names.add(slice.getSlice()),
                    field + ".slice",
                    slice.getSlice(),
                    "a name that no other slice has");
            require(
                    slice.getMarginMicros() >= 1 && slice.getMarginMicros() <= MAX_MARGIN_MICROS,
                    field + ".margin_micros",
                    slice.getMarginMicros(),
                    "1 to " + MAX_MARGIN_MICROS);
            checkClusters(field, slice.getClusters());
        }
    }

    private void checkClusters(String field, List<String> clusters) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < clusters.size(); i++) {
            String cluster = clusters.get(i);
            require(
                    !cluster.isEmpty() && names.add(cluster),
                    field + ".clusters[" + i + "]",
                    cluster,
                    "a name that no other cluster of the slice has");
        }
    }

    private void require(boolean holds, String field, Object found, String expected) {
        if (!holds && problems.size() < MAX_PROBLEMS) {
            problems.add(field + ": " + found + " (expected: " + expected + ")");
        }
    }
}
