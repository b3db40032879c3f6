package dev.heed.intake.shape;

import dev.heed.event.Evaluation;
import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.event.SliceMargin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of an evaluation: a gate plan, or one paired result. */
final class EvaluationShape implements Shape<Evaluation> {
    private static final long HALF_MICROS = Limits.ONE_MICROS / 2;

    @Override
    public @Nullable Head head(Evaluation event) {
        GatePlan plan = event.getPlan();
        if (plan != null) {
            return Head.of(plan.getEventId(), "candidate_id", plan.getCandidateId(), plan.getOccurredAtMs());
        }
        PairedResult result = event.getResult();
        return result == null
                ? null
                : Head.of(result.getEventId(), "candidate_id", result.getCandidateId(), result.getOccurredAtMs());
    }

    @Override
    public void check(Evaluation event, Problems problems) {
        GatePlan plan = event.getPlan();
        PairedResult result = event.getResult();
        problems.check(
                (plan == null) != (result == null),
                "plan and result",
                plan == null ? "neither" : "both",
                "exactly one");
        if (plan != null) {
            plan(plan, problems);
        }
        if (result != null) {
            result(result, problems);
        }
    }

    private static void plan(GatePlan plan, Problems problems) {
        problems.id("plan.event_id", plan.getEventId());
        problems.id("plan.candidate_id", plan.getCandidateId());
        problems.id("plan.reference_id", plan.getReferenceId());
        problems.between("plan.attempt", plan.getAttempt(), 1, Integer.MAX_VALUE);
        problems.id("plan.model_digest", plan.getModelDigest());
        problems.id("plan.metric", plan.getMetric());
        problems.between("plan.alpha_micros", plan.getAlphaMicros(), 1, HALF_MICROS);
        problems.idOrEmpty("plan.seed_digest", plan.getSeedDigest());
        problems.between("plan.deadline_ms", plan.getDeadlineMs(), 1, Long.MAX_VALUE);
        problems.idOrEmpty("plan.line", plan.getLine());
        problems.idOrEmpty("plan.holdout", plan.getHoldout());
        problems.idOrEmpty("plan.reward_metric", plan.getRewardMetric());
        problems.idOrEmpty("plan.human_metric", plan.getHumanMetric());
        plan.getBlockers().forEach(blocker -> problems.known("plan.blockers", blocker));
        plan.getRevokeOn().forEach(blocker -> problems.known("plan.revoke_on", blocker));
        problems.between("plan.watch_ms", plan.getWatchMs(), 0, Limits.DURATION_MS);
        problems.between("plan.second_within_ms", plan.getSecondWithinMs(), 1, Limits.DURATION_MS);
        List<SliceMargin> slices = plan.getSlices();
        problems.count("plan.slices", slices.size(), 1, Limits.POLICY_ENTRIES);
        for (int i = 0; i < slices.size(); i++) {
            slice("plan.slices[" + i + "].", slices.get(i), problems);
        }
    }

    /** What tests of one slice have to do with each other is for the stage. */
    private static void slice(String path, SliceMargin slice, Problems problems) {
        problems.id(path + "slice", slice.getSlice());
        problems.idOrEmpty(path + "metric", slice.getMetric());
        problems.between(path + "margin_micros", slice.getMarginMicros(), 0, Limits.ONE_MICROS - 1);
        problems.between(path + "max_rate_micros", slice.getMaxRateMicros(), 0, Limits.ONE_MICROS - 1);
        problems.distinctIds(path + "clusters", slice.getClusters(), 0, Limits.CLUSTERS);
        problems.count(path + "examples", slice.getExamples().size(), 0, Limits.CLUSTERS);
    }

    private static void result(PairedResult result, Problems problems) {
        problems.id("result.event_id", result.getEventId());
        problems.id("result.candidate_id", result.getCandidateId());
        problems.id("result.slice", result.getSlice());
        problems.id("result.cluster", result.getCluster());
        problems.idOrEmpty("result.metric", result.getMetric());
        problems.idOrEmpty("result.holdout", result.getHoldout());
        problems.idOrEmpty("result.example", result.getExample());
        problems.between(
                "result.difference_micros", result.getDifferenceMicros(), -Limits.ONE_MICROS, Limits.ONE_MICROS);
    }
}
