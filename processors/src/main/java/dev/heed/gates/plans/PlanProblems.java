package dev.heed.gates.plans;

import dev.heed.event.Blocker;
import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that keeps a plan from being frozen, each by its field, with what was expected. */
public final class PlanProblems {
    /** Most slices of a plan, each metric counted. */
    static final int MAX_SLICES = 100;
    /** Most clusters of a plan, all slices together; they are stored in one step. */
    static final int MAX_CLUSTERS = 20_000;
    /** Most examples of one cluster. */
    static final int MAX_EXAMPLES = 10_000;

    /** Most problems named; a plan with more is mistaken in one way many times. */
    private static final int MAX_PROBLEMS = 20;

    private static final int MICRO_DIGITS = 6;
    private static final long MAX_ALPHA_MICROS = 500_000;
    private static final long MAX_MARGIN_MICROS = 999_999;
    private static final long MAX_WAIT_MS = 315_360_000_000L;
    private static final Set<Blocker> BLOCKERS =
            EnumSet.complementOf(EnumSet.of(Blocker.UNKNOWN, Blocker.REWARD_AGAINST_HUMAN));

    private final List<String> problems = new ArrayList<>();

    private final boolean asInFile;

    private PlanProblems(boolean asInFile) {
        this.asInFile = asInFile;
    }

    /**
     * The problems, none for a good plan.
     *
     * @param nowMs the time at which it would be frozen, milliseconds since the epoch
     */
    public static List<String> of(GatePlan plan, long nowMs) {
        return of(plan, nowMs, new PlanProblems(false));
    }

    /** As {@link #of(GatePlan, long)}, with names and numbers as a file has them: {@code margin: 0.05}. */
    public static List<String> asInFile(GatePlan plan, long nowMs) {
        return of(plan, nowMs, new PlanProblems(true));
    }

    private static List<String> of(GatePlan plan, long nowMs, PlanProblems found) {
        found.require(!plan.getCandidateId().isEmpty(), "candidate_id", "", "not empty");
        found.require(
                !plan.getReferenceId().equals(plan.getCandidateId()),
                "reference_id",
                plan.getReferenceId(),
                "another model than the candidate");
        found.require(plan.getAttempt() >= 1, "attempt", plan.getAttempt(), "1 or more");
        found.micros("alpha", plan.getAlphaMicros(), 1, MAX_ALPHA_MICROS);
        found.require(
                plan.getDeadlineMs() > nowMs,
                found.asInFile ? "deadline" : "deadline_ms",
                plan.getDeadlineMs(),
                "after the stage's time " + nowMs);
        found.checkSlices(plan);
        found.checkRewardAgainstHuman(plan);
        found.checkBlockers("blockers", plan.getBlockers());
        found.checkBlockers("revoke_on", plan.getRevokeOn());
        found.between("watch_ms", plan.getWatchMs(), 0, MAX_WAIT_MS);
        found.between("second_within_ms", plan.getSecondWithinMs(), 1, MAX_WAIT_MS);
        found.require(
                plan.getHoldout().isEmpty() || plan.getHoldout().matches("[^@]+@[1-9][0-9]{0,8}"),
                "holdout",
                plan.getHoldout(),
                "a sealed dataset version as name@version, or nothing");
        return found.problems;
    }

    private void checkSlices(GatePlan plan) {
        List<SliceMargin> slices = plan.getSlices();
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
        Set<List<String>> names = new HashSet<>();
        for (int i = 0; i < slices.size(); i++) {
            SliceMargin slice = slices.get(i);
            String field = "slices[" + i + "]";
            String metric = metric(plan, slice);
            require(
                    !slice.getSlice().isEmpty() && names.add(List.of(metric, slice.getSlice())),
                    field + ".slice",
                    slice.getSlice(),
                    "a name that no other slice of metric " + metric + " has");
            checkTest(field, slice);
            checkClusters(field, slice);
        }
    }

    private void checkTest(String field, SliceMargin slice) {
        if (slice.getZeroTolerance()) {
            micros(field + ".max_rate", slice.getMaxRateMicros(), 1, MAX_MARGIN_MICROS);
            micros(field + ".margin", slice.getMarginMicros(), 0, 0);
        } else {
            micros(field + ".margin", slice.getMarginMicros(), 1, MAX_MARGIN_MICROS);
            micros(field + ".max_rate", slice.getMaxRateMicros(), 0, 0);
        }
    }

    private void checkClusters(String field, SliceMargin slice) {
        Set<String> names = new HashSet<>();
        List<String> clusters = slice.getClusters();
        for (int i = 0; i < clusters.size(); i++) {
            String cluster = clusters.get(i);
            require(
                    !cluster.isEmpty() && names.add(cluster),
                    field + ".clusters[" + i + "]",
                    cluster,
                    "a name that no other cluster of the slice has");
        }
        List<Integer> examples = slice.getExamples();
        require(
                examples.isEmpty() || examples.size() == clusters.size(),
                field + ".examples",
                examples.size() + " numbers",
                "none, or one for each of the " + clusters.size() + " clusters");
        for (int i = 0; i < examples.size(); i++) {
            between(field + ".examples[" + i + "]", examples.get(i), 1, MAX_EXAMPLES);
        }
    }

    private void checkRewardAgainstHuman(GatePlan plan) {
        String reward = plan.getRewardMetric();
        String human = plan.getHumanMetric();
        if (reward.isEmpty() && human.isEmpty()) {
            return;
        }
        require(!reward.isEmpty(), "reward_metric", "", "a metric, as there is a human_metric");
        require(!human.isEmpty(), "human_metric", "", "a metric, as there is a reward_metric");
        require(!human.equals(reward), "human_metric", human, "another metric than reward_metric");
        Set<String> ofReward = slices(plan, reward);
        ofReward.retainAll(slices(plan, human));
        require(
                !ofReward.isEmpty(),
                "slices",
                "none with both " + reward + " and " + human,
                "at least one, to compare reward and people on");
    }

    /** The slices that have a margin for the metric. */
    private static Set<String> slices(GatePlan plan, String metric) {
        Set<String> names = new HashSet<>();
        for (SliceMargin slice : plan.getSlices()) {
            if (metric(plan, slice).equals(metric) && !slice.getZeroTolerance()) {
                names.add(slice.getSlice());
            }
        }
        return names;
    }

    private static String metric(GatePlan plan, SliceMargin slice) {
        return slice.getMetric().isEmpty() ? plan.getMetric() : slice.getMetric();
    }

    private void checkBlockers(String field, List<Blocker> blockers) {
        Set<Blocker> seen = EnumSet.noneOf(Blocker.class);
        for (int i = 0; i < blockers.size(); i++) {
            Blocker blocker = blockers.get(i);
            require(
                    BLOCKERS.contains(blocker) && seen.add(blocker),
                    field + "[" + i + "]",
                    blocker,
                    "each of " + BLOCKERS + " at most once");
        }
    }

    private void between(String field, long found, long least, long most) {
        require(
                found >= least && found <= most,
                field,
                found,
                least == most ? String.valueOf(least) : least + " to " + most);
    }

    private void micros(String field, long found, long least, long most) {
        if (asInFile) {
            require(
                    found >= least && found <= most,
                    field,
                    decimal(found),
                    least == most ? decimal(least) : decimal(least) + " to " + decimal(most));
        } else {
            between(field + "_micros", found, least, most);
        }
    }

    private static String decimal(long micros) {
        return micros == 0
                ? "0"
                : BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros().toPlainString();
    }

    private void require(boolean holds, String field, Object found, String expected) {
        if (!holds && problems.size() < MAX_PROBLEMS) {
            problems.add(field + ": " + found + " (expected: " + expected + ")");
        }
    }
}
