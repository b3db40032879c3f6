package dev.heed.versions.seats;

import dev.heed.journal.RowOffer;
import dev.heed.policy.DatasetRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a dataset have seats, found the long way: after every event all rows are looked at, and as long as one that
 * waits would fit, the one that has waited longest comes in. It keeps no index, no counts and no lines.
 */
final class SeatModel {
    private final Map<String, RowOffer> offers = new TreeMap<>();
    private final Map<String, RowOffer> standing = new TreeMap<>();
    private final Map<String, RowOffer> waiting = new HashMap<>();
    private final List<String> line = new ArrayList<>();
    private DatasetRule rule;

    SeatModel(DatasetRule rule) {
        this.rule = rule;
    }

    Set<String> standing() {
        return standing.keySet();
    }

    void ask(RowOffer offer) {
        offers.put(offer.getRowId(), offer);
        settle(offer, false);
        serve();
    }

    void leave(String rowId) {
        offers.remove(rowId);
        standing.remove(rowId);
        waiting.remove(rowId);
        line.remove(rowId);
        serve();
    }

    void inForce(DatasetRule newer) {
        rule = newer;
        offers.values().forEach(offer -> settle(offer, true));
        serve();
    }

    /** Takes a row out and in again if there is room; what it had a place for it keeps, unless all is anew. */
    private void settle(RowOffer offer, boolean anew) {
        String id = offer.getRowId();
        RowOffer stood = standing.remove(id);
        RowOffer counted = counted(offer);
        if (fits(counted, anew ? null : stood)) {
            standing.put(id, counted);
            waiting.remove(id);
            line.remove(id);
        } else if (waiting.put(id, counted) == null) {
            line.add(id);
        }
    }

    /** What the rule in force counts of a row, until the row is looked at under another. */
    private RowOffer counted(RowOffer offer) {
        boolean prompts = rule.getDuplicateBits() != null || rule.getHoldoutBits() != null;
        List<String> sources = new ArrayList<>();
        for (var cap : rule.getSourceCaps()) {
            offer.getSources().stream()
                    .filter(source -> source.startsWith(cap.getSource().name()))
                    .forEach(sources::add);
        }
        boolean balanced = rule.getClassBalance() != null
                && rule.getClassBalance().getClasses().contains(offer.getClassName());
        return RowOffer.newBuilder(offer)
                .setSimhash(prompts ? offer.getSimhash() : 0)
                .setSources(sources)
                .setClassName(balanced ? offer.getClassName() : "")
                .build();
    }

    private void serve() {
        for (int i = 0; i < line.size(); i++) {
            String id = line.get(i);
            RowOffer offer = Objects.requireNonNull(waiting.get(id));
            if (fits(offer, null)) {
                line.remove(id);
                waiting.remove(id);
                standing.put(id, offer);
                i = -1;
            }
        }
    }

    private boolean fits(RowOffer row, @Nullable RowOffer had) {
        RowOffer kept = had != null && had.getSplit() == row.getSplit() ? had : null;
        boolean samePrompt = had != null && had.getSimhash() == row.getSimhash();
        for (RowOffer other : standing.values()) {
            int bits = row.getSimhash() == 0
                            || other.getSimhash() == 0
                            || row.getInteractionId().equals(other.getInteractionId())
                    ? Long.SIZE
                    : Long.bitCount(row.getSimhash() ^ other.getSimhash());
            boolean near = bits <= Objects.requireNonNullElse(rule.getDuplicateBits(), -1);
            boolean across =
                    row.getSplit() != other.getSplit() && bits <= Objects.requireNonNullElse(rule.getHoldoutBits(), -1);
            if ((near && !samePrompt) || (across && (!samePrompt || kept == null))) {
                return false;
            }
        }
        for (var cap : rule.getSourceCaps()) {
            for (String source : row.getSources()) {
                boolean capped = source.startsWith(cap.getSource().name());
                boolean held = kept != null && kept.getSources().contains(source);
                if (capped && !held && count(row, source, null) >= cap.getMaxRows()) {
                    return false;
                }
            }
        }
        boolean held = kept != null && kept.getClassName().equals(row.getClassName());
        return held || isBalanced(row);
    }

    private boolean isBalanced(RowOffer row) {
        if (rule.getClassBalance() == null || row.getClassName().isEmpty()) {
            return true;
        }
        long rarest = Long.MAX_VALUE;
        for (String other : rule.getClassBalance().getClasses()) {
            if (!other.equals(row.getClassName())) {
                rarest = Math.min(rarest, Math.max(1, count(row, null, other)));
            }
        }
        return (count(row, null, row.getClassName()) + 1) * 1e6
                <= rarest * (double) rule.getClassBalance().getMaxRatioMicros();
    }

    private long count(RowOffer row, @Nullable String source, @Nullable String className) {
        return standing.values().stream()
                .filter(other -> other.getSplit() == row.getSplit())
                .filter(other -> source == null || other.getSources().contains(source))
                .filter(other -> className == null || other.getClassName().equals(className))
                .count();
    }
}
