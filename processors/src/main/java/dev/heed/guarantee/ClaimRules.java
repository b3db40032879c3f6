package dev.heed.guarantee;

import dev.heed.core.DatasetRules;
import dev.heed.core.Keys;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.RowClaim;
import dev.heed.journal.RaterStanding;
import dev.heed.out.Delta;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition of items promises of the rules of datasets: a row stands only on slices that its dataset takes, on
 * labels of people whom the rule trusts, and not while its dataset's answer is awaited or is no.
 */
final class ClaimRules {
    private record Held(String questionId, RowClaim claim) {}

    private final Consumer<String> breaches;
    private final Map<String, List<String>> slices = new HashMap<>();
    private final Map<String, RaterStatus> standings = new HashMap<>();
    private final Map<String, Held> claims = new TreeMap<>();
    private @Nullable Policy policy;

    /** Rows not yet held against what is in force: all of them after a policy, or those of a rater. */
    private boolean sweepsPolicy;

    private final Map<String, Boolean> sweepsRater = new HashMap<>();

    ClaimRules(Consumer<String> breaches) {
        this.breaches = breaches;
    }

    void add(ItemsFact fact) {
        if (fact.getPolicyInstalled() != null) {
            policy = fact.getPolicyInstalled().getPolicy();
            sweepsPolicy = !slices.isEmpty();
        } else if (fact.getRowsSwept() != null) {
            sweepsPolicy = !fact.getRowsSwept().getCursor().isEmpty();
        } else if (fact.getInteractionRecorded() != null) {
            var interaction = fact.getInteractionRecorded().getInteraction();
            slices.put(interaction.getInteractionId(), interaction.getSlices());
        } else if (fact.getStandingInstalled() != null) {
            RaterStanding standing = fact.getStandingInstalled().getStanding();
            String rater = rater(standing.getQuestionId(), standing.getRaterId());
            if (standing.getKind() == RaterKind.HUMAN) {
                standings.put(rater, standing.getStatus());
                sweepsRater.put(rater, claims.values().stream().anyMatch(held -> restsOn(held, rater)));
            }
        } else if (fact.getStandingSwept() != null) {
            var swept = fact.getStandingSwept();
            sweepsRater.put(
                    rater(swept.getQuestionId(), swept.getRaterId()),
                    !swept.getCursor().isEmpty());
        } else if (fact.getClaimChanged() != null) {
            change(fact.getClaimChanged());
        }
    }

    private void change(ClaimChanged changed) {
        RowClaim former = changed.getFormer();
        RowClaim claim = changed.getClaim();
        String rowId = Objects.requireNonNull(claim == null ? former : claim).getRowId();
        Held before = claims.remove(rowId);
        if (!Objects.equals(former, before == null ? null : before.claim())) {
            breaches.accept("claim of row " + rowId + ": was " + former + " (expected: " + before + ")");
        }
        if (claim != null) {
            claims.put(rowId, new Held(changed.getQuestionId(), claim));
        }
    }

    /** What keeps the row from standing, once all facts of a journal record are known; null when nothing does. */
    @Nullable String problem(Delta delta) {
        Policy inForce = policy;
        DatasetRule rule = inForce == null ? null : DatasetRules.find(inForce, delta.getDataset());
        if (inForce == null || rule == null || sweepsPolicy) {
            return null;
        }
        Held held = claims.get(delta.getRowId());
        if (held == null || held.claim().getBlocker() != null) {
            return "stands in a dataset with a rule on the claim " + held + " (expected: one that waits for nothing)";
        }
        List<String> on = slices.getOrDefault(delta.getInteractionId(), List.of());
        if (!DatasetRules.takes(inForce, delta.getDataset(), on)) {
            return "stands on slices " + on + " which its dataset does not take";
        }
        boolean suspended = held.claim().getRaterIds().stream()
                .map(id -> rater(held.questionId(), id))
                .anyMatch(rater ->
                        standings.get(rater) == RaterStatus.SUSPENDED && !sweepsRater.getOrDefault(rater, false));
        return suspended && !rule.getSuspendedLabels() ? "rests on a suspended rater" : null;
    }

    private boolean restsOn(Held held, String rater) {
        return held.claim().getRaterIds().stream()
                .anyMatch(id -> rater(held.questionId(), id).equals(rater));
    }

    private static String rater(String questionId, String raterId) {
        return Keys.owner(questionId) + "|" + raterId;
    }
}
