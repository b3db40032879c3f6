package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.Judged;
import dev.heed.fact.PolicyInstalled;
import dev.heed.fact.StandingInstalled;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.policy.DatasetRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Which items are to have a preference row, if there is room for it, found by looking at all that was said of them. */
final class RowModel {
    private final Map<String, InteractionAccepted> interactions = new HashMap<>();
    private final Map<String, Boolean> consents = new HashMap<>();
    private final Map<String, Judgment> judgments = new HashMap<>();
    private final Map<String, RaterStatus> standings = new HashMap<>();
    private DatasetRule rule =
            DatasetRule.newBuilder().setDataset(Dataset.PREFERENCE).build();

    RowModel(ItemsTrial items) {
        items.facts(PolicyInstalled.class)
                .forEach(fact -> rule = fact.getPolicy().getDatasets().get(0));
        items.facts(InteractionRecorded.class)
                .forEach(fact -> interactions.put(fact.getInteraction().getInteractionId(), fact.getInteraction()));
        items.facts(ConsentApplied.class)
                .forEach(fact -> consents.put(
                        fact.getConsent().getInteractionId(), fact.getConsent().getTrain()));
        items.facts(Judged.class)
                .forEach(fact -> judgments.put(fact.getJudgment().getInteractionId(), fact.getJudgment()));
        items.facts(StandingInstalled.class)
                .forEach(fact -> standings.put(
                        fact.getStanding().getRaterId(), fact.getStanding().getStatus()));
    }

    /** Whether the item's row may stand, as far as other rows leave room for it. */
    boolean isWanted(String id) {
        Judgment judgment = judgments.get(id);
        return judgment != null
                && consents.getOrDefault(id, false)
                && !judgment.getClassName().equals("TIE")
                && !people(judgment).isEmpty()
                && isTaken(Objects.requireNonNull(interactions.get(id)).getSlices())
                && isTrusted(people(judgment));
    }

    private static TreeSet<String> people(Judgment judgment) {
        TreeSet<String> people = new TreeSet<>();
        for (SubmittedLabel label : judgment.getLabels()) {
            if (label.getRaterKind() == RaterKind.HUMAN) {
                people.add(label.getRaterId());
            }
        }
        return people;
    }

    private boolean isTrusted(TreeSet<String> people) {
        long active = people.stream()
                .filter(rater -> standings.getOrDefault(rater, RaterStatus.ACTIVE) == RaterStatus.ACTIVE)
                .count();
        boolean suspended = people.stream().anyMatch(rater -> standings.get(rater) == RaterStatus.SUSPENDED);
        return active >= rule.getMinActiveLabels() && (rule.getSuspendedLabels() || !suspended);
    }

    private boolean isTaken(List<String> slices) {
        boolean in = rule.getSlices().isEmpty();
        for (String slice : slices) {
            in |= rule.getSlices().contains(slice);
            if (rule.getSlicesOut().contains(slice)) {
                return false;
            }
        }
        return in;
    }
}
