package dev.heed.guarantee;

import dev.heed.core.DatasetRules;
import dev.heed.event.Split;
import dev.heed.fact.RowSeat;
import dev.heed.fact.SeatChanged;
import dev.heed.fact.VersionsFact;
import dev.heed.math.Micros;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.SourceCap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the seats that one partition of versions gives against the rule of each dataset, by looking at all that stand. */
final class SeatRules {
    private final Consumer<String> breaches;
    private final Map<String, RowSeat> seats = new TreeMap<>();
    private @Nullable Policy policy;

    SeatRules(Consumer<String> breaches) {
        this.breaches = breaches;
    }

    void add(VersionsFact fact) {
        if (fact.getPolicyInstalled() != null) {
            policy = fact.getPolicyInstalled().getPolicy();
        } else if (fact.getSeatChanged() != null) {
            change(fact.getSeatChanged());
        }
    }

    private void change(SeatChanged changed) {
        RowSeat former = changed.getFormer();
        RowSeat seat = changed.getSeat();
        String rowId = id(Objects.requireNonNull(seat == null ? former : seat));
        RowSeat before = seats.remove(rowId);
        if (!Objects.equals(former, before)) {
            breaches.accept("seat of row " + rowId + ": was " + former + " (expected: " + before + ")");
        }
        if (seat != null) {
            DatasetRule rule = policy == null
                    ? null
                    : DatasetRules.find(policy, seat.getOffer().getDataset());
            if (seat.getBlocker() == null && rule != null) {
                enter(rule, seat, former);
            }
            seats.put(rowId, seat);
        }
    }

    private void enter(DatasetRule rule, RowSeat seat, @Nullable RowSeat former) {
        RowSeat stood = former == null || former.getBlocker() != null ? null : former;
        boolean samePrompt = stood != null && stood.getSimhash() == seat.getSimhash();
        boolean sameSide = stood != null && side(stood) == side(seat);
        if (!samePrompt) {
            nothingNear(seat, rule.getDuplicateBits(), false);
        }
        if (!samePrompt || !sameSide) {
            nothingNear(seat, rule.getHoldoutBits(), true);
        }
        for (String source : seat.getSources()) {
            long others = onSide(seat)
                    .filter(other -> other.getSources().contains(source))
                    .count();
            boolean had = stood != null && sameSide && stood.getSources().contains(source);
            if (!had && others >= cap(rule, source)) {
                breaches.accept("row " + id(seat) + " stands beside " + others + " of source " + source
                        + " (expected: fewer than " + cap(rule, source) + ")");
            }
        }
        boolean sameClass = stood != null && sameSide && stood.getClassName().equals(seat.getClassName());
        if (!seat.getClassName().isEmpty() && !sameClass) {
            balance(rule, seat);
        }
    }

    private void nothingNear(RowSeat seat, @Nullable Integer bits, boolean otherSideOnly) {
        if (bits == null || seat.getSimhash() == 0) {
            return;
        }
        String interactionId = seat.getOffer().getInteractionId();
        standing(seat)
                .filter(other -> !other.getOffer().getInteractionId().equals(interactionId))
                .filter(other -> other.getSimhash() != 0)
                .filter(other -> !otherSideOnly || side(other) != side(seat))
                .filter(other -> Long.bitCount(other.getSimhash() ^ seat.getSimhash()) <= bits)
                .forEach(other -> breaches.accept("row " + id(seat) + " stands beside " + id(other)
                        + " (expected: more than " + bits + " bits between them)"));
    }

    private void balance(DatasetRule rule, RowSeat seat) {
        ClassBalance balance = Objects.requireNonNull(rule.getClassBalance());
        long rarest = balance.getClasses().stream()
                .filter(name -> !name.equals(seat.getClassName()))
                .mapToLong(name -> Math.max(1, ofClass(seat, name)))
                .min()
                .orElseThrow();
        long own = ofClass(seat, seat.getClassName()) + 1;
        if (own * Micros.ONE > balance.getMaxRatioMicros() * rarest) {
            breaches.accept("row " + id(seat) + " makes " + own + " of class " + seat.getClassName() + " beside "
                    + rarest + " of the rarest (expected: a ratio of at most " + balance.getMaxRatioMicros()
                    + " micros)");
        }
    }

    private Stream<RowSeat> standing(RowSeat seat) {
        return seats.values().stream()
                .filter(other ->
                        other.getOffer().getDataset() == seat.getOffer().getDataset() && other.getBlocker() == null);
    }

    private Stream<RowSeat> onSide(RowSeat seat) {
        return standing(seat).filter(other -> side(other) == side(seat));
    }

    private long ofClass(RowSeat seat, String className) {
        return onSide(seat)
                .filter(other -> other.getClassName().equals(className))
                .count();
    }

    private static Split side(RowSeat seat) {
        return seat.getOffer().getSplit();
    }

    private static String id(RowSeat seat) {
        return seat.getOffer().getRowId();
    }

    private static int cap(DatasetRule rule, String source) {
        return rule.getSourceCaps().stream()
                .filter(cap -> DatasetRules.isOf(source, cap))
                .mapToInt(SourceCap::getMaxRows)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
