package dev.heed.guarantee;

import dev.heed.event.Dataset;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.RowSeat;
import dev.heed.fact.SeatChanged;
import dev.heed.journal.RaterStanding;
import dev.heed.math.Micros;
import dev.heed.out.Delta;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.SourceCap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of datasets promise in one partition: a row takes a seat only where all rows that stand leave room for it,
 * a row of a dataset with a rule has a seat while it stands, and none rests on a rater whom the rule excludes.
 */
final class SeatRules {
    private record Held(String interactionId, String questionId, RowSeat seat) {}

    private final Consumer<String> breaches;
    private final Map<String, List<String>> slices = new HashMap<>();
    private final Map<String, RaterStatus> standings = new HashMap<>();
    private final Map<String, Held> seats = new TreeMap<>();
    private @Nullable Policy policy;

    /** Rows not yet held against what is in force: all of them after a policy, or those of a rater. */
    private boolean sweepsPolicy;

    private final Map<String, Boolean> sweepsRater = new HashMap<>();

    SeatRules(Consumer<String> breaches) {
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
                sweepsRater.put(rater, seats.values().stream().anyMatch(held -> restsOn(held, rater)));
            }
        } else if (fact.getStandingSwept() != null) {
            var swept = fact.getStandingSwept();
            sweepsRater.put(
                    rater(swept.getQuestionId(), swept.getRaterId()),
                    !swept.getCursor().isEmpty());
        } else if (fact.getSeatChanged() != null) {
            change(fact.getSeatChanged());
        }
    }

    private void change(SeatChanged changed) {
        RowSeat former = changed.getFormer();
        RowSeat seat = changed.getSeat();
        String rowId = Objects.requireNonNull(seat == null ? former : seat).getRowId();
        Held before = seats.remove(rowId);
        if (!Objects.equals(former, before == null ? null : before.seat())) {
            breaches.accept("seat of row " + rowId + ": was " + former + " (expected: " + before + ")");
        }
        if (seat != null) {
            if (seat.getBlocker() == null) {
                enter(changed.getInteractionId(), seat, former);
            }
            seats.put(rowId, new Held(changed.getInteractionId(), changed.getQuestionId(), seat));
        }
    }

    private void enter(String interactionId, RowSeat seat, @Nullable RowSeat former) {
        DatasetRule rule = rule(seat.getDataset());
        if (rule == null) {
            breaches.accept("row " + seat.getRowId() + " has a seat in a dataset without a rule");
            return;
        }
        RowSeat stood = former == null || former.getBlocker() != null ? null : former;
        boolean samePrompt = stood != null && stood.getSimhash() == seat.getSimhash();
        boolean sameSide = stood != null && stood.getSplit() == seat.getSplit();
        if (!samePrompt) {
            nothingNear(interactionId, seat, rule.getDuplicateBits(), false);
        }
        if (!samePrompt || !sameSide) {
            nothingNear(interactionId, seat, rule.getHoldoutBits(), true);
        }
        for (String source : seat.getSources()) {
            long others = onSide(seat)
                    .filter(held -> held.seat().getSources().contains(source))
                    .count();
            boolean had = stood != null
                    && stood.getSplit() == seat.getSplit()
                    && stood.getSources().contains(source);
            if (!had && others >= cap(rule, source)) {
                breaches.accept("row " + seat.getRowId() + " stands beside " + others + " of source " + source
                        + " (expected: fewer than " + cap(rule, source) + ")");
            }
        }
        boolean sameClass = stood != null
                && stood.getSplit() == seat.getSplit()
                && stood.getClassName().equals(seat.getClassName());
        if (!seat.getClassName().isEmpty() && !sameClass) {
            balance(rule, seat);
        }
    }

    private void nothingNear(String interactionId, RowSeat seat, @Nullable Integer bits, boolean otherSideOnly) {
        if (bits == null || seat.getSimhash() == 0) {
            return;
        }
        standing(seat.getDataset())
                .filter(held -> !held.interactionId().equals(interactionId))
                .filter(held -> held.seat().getSimhash() != 0)
                .filter(held -> !otherSideOnly || held.seat().getSplit() != seat.getSplit())
                .filter(held -> Long.bitCount(held.seat().getSimhash() ^ seat.getSimhash()) <= bits)
                .forEach(held -> breaches.accept("row " + seat.getRowId() + " stands beside "
                        + held.seat().getRowId() + " (expected: more than " + bits + " bits between them)"));
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
            breaches.accept("row " + seat.getRowId() + " makes " + own + " of class " + seat.getClassName() + " beside "
                    + rarest + " of the rarest (expected: a ratio of at most " + balance.getMaxRatioMicros()
                    + " micros)");
        }
    }

    /** What keeps the row from standing, once all facts of a journal record are known; null when nothing does. */
    @Nullable String problem(Delta delta) {
        DatasetRule rule = rule(delta.getDataset());
        if (rule == null || sweepsPolicy) {
            return null;
        }
        Held held = seats.get(delta.getRowId());
        if (held == null || held.seat().getBlocker() != null) {
            return "stands without a seat in a dataset with a rule: " + held;
        }
        List<String> on = slices.getOrDefault(delta.getInteractionId(), List.of());
        boolean in = rule.getSlices().isEmpty() || on.stream().anyMatch(rule.getSlices()::contains);
        if (!in || on.stream().anyMatch(rule.getSlicesOut()::contains)) {
            return "stands on slices " + on + " which its dataset does not take";
        }
        boolean suspended = held.seat().getRaterIds().stream()
                .map(id -> rater(held.questionId(), id))
                .anyMatch(rater ->
                        standings.get(rater) == RaterStatus.SUSPENDED && !sweepsRater.getOrDefault(rater, false));
        return suspended && !rule.getSuspendedLabels() ? "rests on a suspended rater" : null;
    }

    private boolean restsOn(Held held, String rater) {
        return held.seat().getRaterIds().stream()
                .anyMatch(id -> rater(held.questionId(), id).equals(rater));
    }

    private static String rater(String questionId, String raterId) {
        int proposal = questionId.indexOf('|');
        return (proposal < 0 ? questionId : questionId.substring(0, proposal)) + "|" + raterId;
    }

    private Stream<Held> standing(Dataset dataset) {
        return seats.values().stream()
                .filter(held ->
                        held.seat().getDataset() == dataset && held.seat().getBlocker() == null);
    }

    private Stream<Held> onSide(RowSeat seat) {
        return standing(seat.getDataset()).filter(held -> held.seat().getSplit() == seat.getSplit());
    }

    private long ofClass(RowSeat seat, String className) {
        return onSide(seat)
                .filter(held -> held.seat().getClassName().equals(className))
                .count();
    }

    private static int cap(DatasetRule rule, String source) {
        for (SourceCap cap : rule.getSourceCaps()) {
            if (source.startsWith(cap.getSource().name() + " ")) {
                return cap.getMaxRows();
            }
        }
        return Integer.MAX_VALUE;
    }

    private @Nullable DatasetRule rule(Dataset dataset) {
        return policy == null
                ? null
                : policy.getDatasets().stream()
                        .filter(each -> each.getDataset() == dataset)
                        .findFirst()
                        .orElse(null);
    }
}
