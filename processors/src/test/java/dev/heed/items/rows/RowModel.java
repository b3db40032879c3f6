package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.event.RowOp;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.Judged;
import dev.heed.fact.PolicyInstalled;
import dev.heed.fact.RowChanged;
import dev.heed.fact.RowsSwept;
import dev.heed.fact.StandingInstalled;
import dev.heed.items.AfterEachRecord;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.KeyedHash;
import dev.heed.out.Judgment;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which preference rows stand, found the long way: after every journal record all rows are looked at, and as long as one
 * that waits would fit, the one that has waited longest comes in. It keeps no index, no counts and no lines.
 */
final class RowModel extends AfterEachRecord {
    /** What a row counts as. */
    private record Place(
            String side, long simhash, TreeSet<String> sources, String className, TreeSet<String> people) {}

    private final double holdout;
    private final Map<String, InteractionAccepted> interactions = new TreeMap<>();
    private final Map<String, ConsentDecided> consents = new HashMap<>();
    private final Map<String, Judgment> judgments = new HashMap<>();
    private final Map<String, RaterStatus> standings = new HashMap<>();
    private final Map<String, Place> standing = new TreeMap<>();
    private final Map<String, Place> waiting = new HashMap<>();
    private final List<String> line = new ArrayList<>();
    private final TreeSet<String> actual = new TreeSet<>();
    private @Nullable Policy policy;

    /** Whether a policy is yet to reach the rows. */
    private boolean sweeps;

    RowModel(double holdout) {
        this.holdout = holdout;
    }

    @Override
    protected void read(SpecificRecord fact) {
        if (fact instanceof PolicyInstalled installed) {
            policy = installed.getPolicy();
            sweeps = !interactions.isEmpty();
        } else if (fact instanceof InteractionRecorded recorded) {
            interactions.put(recorded.getInteraction().getInteractionId(), recorded.getInteraction());
        } else if (fact instanceof ConsentApplied applied) {
            consents.put(applied.getConsent().getInteractionId(), applied.getConsent());
            settle(applied.getConsent().getInteractionId(), false);
        } else if (fact instanceof Judged judged) {
            judgments.put(judged.getJudgment().getInteractionId(), judged.getJudgment());
            settle(judged.getJudgment().getInteractionId(), false);
        } else if (fact instanceof StandingInstalled installed) {
            RaterStanding rater = installed.getStanding();
            standings.put(rater.getRaterId(), rater.getStatus());
            for (String id : List.copyOf(interactions.keySet())) {
                if (rests(standing.get(id), rater) || rests(waiting.get(id), rater)) {
                    settle(id, false);
                }
            }
        } else if (fact instanceof RowsSwept) {
            sweeps = false;
            List.copyOf(interactions.keySet()).forEach(id -> settle(id, true));
        } else if (fact instanceof RowChanged changed) {
            String id = changed.getDelta().getInteractionId();
            boolean in = changed.getDelta().getOp() == RowOp.RETRACT ? actual.remove(id) : actual.add(id);
        }
    }

    private static boolean rests(@Nullable Place place, RaterStanding rater) {
        return place != null && place.people().contains(rater.getRaterId());
    }

    /** Takes the row of an item out and in again if there is room; what it had a place for it keeps, unless all is anew. */
    private void settle(String id, boolean anew) {
        Place now = place(id);
        Place stood = standing.remove(id);
        if (now == null) {
            waiting.remove(id);
            line.remove(id);
            return;
        }
        if (isTrusted(now) && fits(now, anew ? null : stood)) {
            standing.put(id, now);
            waiting.remove(id);
            line.remove(id);
        } else if (waiting.put(id, now) == null) {
            line.add(id);
        }
    }

    private void serve() {
        for (int i = 0; !sweeps && i < line.size(); i++) {
            String id = line.get(i);
            Place place = Objects.requireNonNull(waiting.get(id));
            if (isTrusted(place) && fits(place, null)) {
                line.remove(id);
                waiting.remove(id);
                standing.put(id, place);
                i = -1;
            }
        }
    }

    private boolean fits(Place place, @Nullable Place had) {
        DatasetRule rule = rule();
        if (rule == null) {
            return true;
        }
        Place kept = had != null && had.side().equals(place.side()) ? had : null;
        for (Map.Entry<String, Place> other : standing.entrySet()) {
            boolean near = place.simhash() != 0
                    && other.getValue().simhash() != 0
                    && Long.bitCount(place.simhash() ^ other.getValue().simhash())
                            <= Objects.requireNonNullElse(rule.getDuplicateBits(), -1);
            boolean samePrompt = had != null && had.simhash() == place.simhash();
            boolean across = place.simhash() != 0
                    && other.getValue().simhash() != 0
                    && !other.getValue().side().equals(place.side())
                    && Long.bitCount(place.simhash() ^ other.getValue().simhash())
                            <= Objects.requireNonNullElse(rule.getHoldoutBits(), -1);
            if ((near && !samePrompt) || (across && (!samePrompt || kept == null))) {
                return false;
            }
        }
        for (String source : place.sources()) {
            boolean held = kept != null && kept.sources().contains(source);
            if (!held && count(place.side(), source, null) >= cap(rule, source)) {
                return false;
            }
        }
        boolean held = kept != null && kept.className().equals(place.className());
        return held || place.className().isEmpty() || isBalanced(rule, place);
    }

    private boolean isBalanced(DatasetRule rule, Place place) {
        long rarest = Long.MAX_VALUE;
        for (String other : Objects.requireNonNull(rule.getClassBalance()).getClasses()) {
            if (!other.equals(place.className())) {
                rarest = Math.min(rarest, Math.max(1, count(place.side(), null, other)));
            }
        }
        return (count(place.side(), null, place.className()) + 1) * 1e6
                <= rarest * (double) rule.getClassBalance().getMaxRatioMicros();
    }

    private long count(String side, @Nullable String source, @Nullable String className) {
        return standing.values().stream()
                .filter(other -> other.side().equals(side))
                .filter(other -> source == null || other.sources().contains(source))
                .filter(other -> className == null || other.className().equals(className))
                .count();
    }

    private boolean isTrusted(Place place) {
        DatasetRule rule = rule();
        long active = place.people().stream()
                .filter(rater -> standings.getOrDefault(rater, RaterStatus.ACTIVE) == RaterStatus.ACTIVE)
                .count();
        boolean suspended = place.people().stream().anyMatch(rater -> standings.get(rater) == RaterStatus.SUSPENDED);
        return rule == null || (active >= rule.getMinActiveLabels() && (rule.getSuspendedLabels() || !suspended));
    }

    /** What the item's row would count as; null when it makes none. */
    private @Nullable Place place(String id) {
        Judgment judgment = judgments.get(id);
        ConsentDecided consent = consents.get(id);
        InteractionAccepted interaction = Objects.requireNonNull(interactions.get(id));
        DatasetRule rule = rule();
        if (judgment == null
                || consent == null
                || !consent.getTrain()
                || judgment.getClassName().equals("TIE")
                || judgment.getLabels().isEmpty()
                || !isTaken(rule, interaction)) {
            return null;
        }
        double u = KeyedHash.unit(ItemsTrial.SEED, "holdout", interaction.getPromptCluster());
        TreeSet<String> sources = new TreeSet<>();
        TreeSet<String> people = new TreeSet<>();
        for (SubmittedLabel label : judgment.getLabels()) {
            if (label.getRaterKind() == RaterKind.HUMAN) {
                people.add(label.getRaterId());
            }
        }
        for (SourceCap cap : rule == null ? List.<SourceCap>of() : rule.getSourceCaps()) {
            if (cap.getSource() == RowSource.MODEL) {
                interaction.getCandidates().forEach(each -> sources.add("MODEL " + each.getModelVersion()));
            } else {
                interaction.getSlices().forEach(slice -> sources.add("SLICE " + slice));
            }
        }
        boolean balanced = rule != null
                && rule.getClassBalance() != null
                && rule.getClassBalance().getClasses().contains(judgment.getClassName());
        return new Place(
                u < holdout ? "HOLDOUT" : "TRAIN",
                rule == null || (rule.getDuplicateBits() == null && rule.getHoldoutBits() == null)
                        ? 0
                        : interaction.getSimhash(),
                sources,
                balanced ? judgment.getClassName() : "",
                people);
    }

    private static boolean isTaken(@Nullable DatasetRule rule, InteractionAccepted interaction) {
        if (rule == null) {
            return true;
        }
        List<String> slices = interaction.getSlices();
        boolean in = rule.getSlices().isEmpty();
        for (String slice : slices) {
            in |= rule.getSlices().contains(slice);
            if (rule.getSlicesOut().contains(slice)) {
                return false;
            }
        }
        return in;
    }

    private static int cap(DatasetRule rule, String source) {
        return rule.getSourceCaps().stream()
                .filter(cap -> source.startsWith(cap.getSource().name()))
                .findFirst()
                .orElseThrow()
                .getMaxRows();
    }

    private @Nullable DatasetRule rule() {
        return policy == null
                ? null
                : policy.getDatasets().stream()
                        .filter(each -> each.getDataset() == Dataset.PREFERENCE)
                        .findFirst()
                        .orElse(null);
    }

    @Override
    protected void compare(long offset, List<String> breaches) {
        serve();
        if (!actual.equals(standing.keySet())) {
            breaches.add("after offset " + offset + " rows stand of " + actual + " (expected: " + standing.keySet()
                    + "; in line: " + line + ")");
        }
    }
}
