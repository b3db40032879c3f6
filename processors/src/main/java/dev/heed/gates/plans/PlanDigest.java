package dev.heed.gates.plans;

import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of what a plan says, whichever event brought it. Hashed is the UTF-8 text of one line {@code name length
 * value} for each field but the event's id and time, in the order of the schema, clusters as they were submitted: lengths
 * (in characters) so that no two plans share a text, a text of its own so that a later field of the schema changes no
 * earlier digest.
 */
public final class PlanDigest {
    private final StringBuilder text = new StringBuilder();

    private PlanDigest() {}

    /** The digest, in hexadecimal. */
    public static String of(GatePlan plan) {
        PlanDigest digest = new PlanDigest();
        digest.line("candidate_id", plan.getCandidateId());
        digest.line("reference_id", plan.getReferenceId());
        digest.line("attempt", plan.getAttempt());
        digest.line("model_digest", plan.getModelDigest());
        digest.line("metric", plan.getMetric());
        digest.line("alpha_micros", plan.getAlphaMicros());
        for (SliceMargin slice : plan.getSlices()) {
            digest.line("slice", slice.getSlice());
            digest.line("margin_micros", slice.getMarginMicros());
            slice.getClusters().forEach(cluster -> digest.line("cluster", cluster));
            digest.line("metric", slice.getMetric());
            digest.line("lower_is_better", slice.getLowerIsBetter());
            digest.line("zero_tolerance", slice.getZeroTolerance());
            digest.line("max_rate_micros", slice.getMaxRateMicros());
            slice.getExamples().forEach(examples -> digest.line("examples", examples));
        }
        digest.line("seed_digest", plan.getSeedDigest());
        digest.line("deadline_ms", plan.getDeadlineMs());
        digest.line("line", plan.getLine());
        digest.line("holdout", plan.getHoldout());
        digest.line("reward_metric", plan.getRewardMetric());
        digest.line("human_metric", plan.getHumanMetric());
        plan.getBlockers().forEach(blocker -> digest.line("blocker", blocker));
        plan.getRevokeOn().forEach(blocker -> digest.line("revoke_on", blocker));
        digest.line("watch_ms", plan.getWatchMs());
        digest.line("second_within_ms", plan.getSecondWithinMs());
        return digest.sha256();
    }

    private void line(String name, Object value) {
        String written = value.toString();
        text.append(name)
                .append(' ')
                .append(written.length())
                .append(' ')
                .append(written)
                .append('\n');
    }

    private String sha256() {
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
