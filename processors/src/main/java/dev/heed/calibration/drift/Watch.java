package dev.heed.calibration.drift;

import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.DriftKind;
import dev.heed.fact.DriftFound;
import dev.heed.fact.FactHeader;
import dev.heed.fact.OutcomeWatched;
import dev.heed.math.DetectorLog;
import dev.heed.out.DriftDetected;
import dev.heed.state.DriftWatch;
import dev.heed.state.OutcomeSeen;
import dev.heed.state.RaterWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what drift tests know: of each rater, of the pool, and of the pool with each rater left out. */
final class Watch {
    /** Most raters told apart on a question; who was seen least lately is forgotten. */
    static final int MAX_RATERS = 64;

    private Watch() {}

    static DriftWatch read(StateReader state, String questionId) {
        DriftWatch watch = state.get(DriftKeys.watch(questionId), DriftWatch.class);
        return watch == null ? new DriftWatch(0L, DetectorLog.NONE, 0L, 0L, 0L, 0L, 0, List.of()) : watch;
    }

    static @Nullable RaterWatch find(DriftWatch watch, String raterId) {
        for (RaterWatch each : watch.getRaters()) {
            if (each.getRaterId().equals(raterId)) {
                return each;
            }
        }
        return null;
    }

    static void watched(State state, FactHeader header, OutcomeWatched fact) {
        DriftWatch before = read(state, fact.getQuestionId());
        long number = before.getOutcomes() + 1;
        List<RaterWatch> raters = new ArrayList<>();
        for (RaterWatch each : withRater(before, fact.getRaterId())) {
            raters.add(
                    each.getRaterId().equals(fact.getRaterId())
                            ? own(each, header, fact, number)
                            : others(each, fact.getPoolFactorNanos()));
        }
        state.put(
                DriftKeys.watch(fact.getQuestionId()),
                fact.getPoolFactorNanos() == null
                        ? new DriftWatch(
                                number,
                                before.getPoolLogNanos(),
                                before.getPoolOutcomes(),
                                before.getPoolRight(),
                                before.getPoolSinceMs(),
                                before.getUntilMs(),
                                before.getOccurrence(),
                                raters)
                        : new DriftWatch(
                                number,
                                DetectorLog.after(before.getPoolLogNanos(), fact.getPoolFactorNanos()),
                                before.getPoolOutcomes() + 1,
                                before.getPoolRight() + (fact.getRight() ? 1 : 0),
                                before.getPoolOutcomes() == 0 ? header.getTimeMs() : before.getPoolSinceMs(),
                                before.getUntilMs(),
                                before.getOccurrence(),
                                raters));
        state.put(
                DriftKeys.seen(fact.getQuestionId(), fact.getInteractionId(), fact.getRaterId()),
                new OutcomeSeen(fact.getLabelId()));
    }

    /** The raters with this one among them, sorted by id. */
    private static List<RaterWatch> withRater(DriftWatch watch, String raterId) {
        List<RaterWatch> raters = new ArrayList<>(watch.getRaters());
        if (find(watch, raterId) == null) {
            if (raters.size() >= MAX_RATERS) {
                raters.remove(raters.stream()
                        .min(Comparator.comparingLong(RaterWatch::getLastSeen))
                        .orElseThrow());
            }
            // Nothing in the pool is from this rater, so the pool without them is the pool.
            raters.add(new RaterWatch(raterId, DetectorLog.NONE, watch.getPoolLogNanos(), 0L, 0L, 0L, 0L, 0L, 0));
            raters.sort(Comparator.comparing(RaterWatch::getRaterId));
        }
        return raters;
    }

    private static RaterWatch own(RaterWatch rater, FactHeader header, OutcomeWatched fact, long number) {
        RaterWatch after = RaterWatch.newBuilder(rater).setLastSeen(number).build();
        if (fact.getRaterFactorNanos() != null) {
            after.setOwnLogNanos(DetectorLog.after(rater.getOwnLogNanos(), fact.getRaterFactorNanos()));
            after.setOutcomes(rater.getOutcomes() + 1);
            after.setRight(rater.getRight() + (fact.getRight() ? 1 : 0));
            after.setSinceMs(rater.getOutcomes() == 0 ? header.getTimeMs() : rater.getSinceMs());
        }
        return after;
    }

    private static RaterWatch others(RaterWatch rater, @Nullable Long poolFactorNanos) {
        return poolFactorNanos == null
                ? rater
                : new RaterWatch(
                        rater.getRaterId(),
                        rater.getOwnLogNanos(),
                        DetectorLog.after(rater.getOthersLogNanos(), poolFactorNanos),
                        rater.getOutcomes(),
                        rater.getRight(),
                        rater.getSinceMs(),
                        rater.getLastSeen(),
                        rater.getUntilMs(),
                        rater.getOccurrence());
    }

    static void found(State state, DriftFound fact) {
        DriftDetected drift = fact.getDrift();
        DriftWatch watch = read(state, drift.getQuestionId());
        if (drift.getKind() == DriftKind.RUBRIC_DRIFT) {
            state.put(DriftKeys.watch(drift.getQuestionId()), afterRubric(watch, drift));
        } else if (drift.getKind() == DriftKind.RATER_DRIFT) {
            state.put(DriftKeys.watch(drift.getQuestionId()), afterRater(watch, drift));
        }
    }

    /** All begin again: what was gathered on raters was gathered under a rubric in question. */
    private static DriftWatch afterRubric(DriftWatch watch, DriftDetected drift) {
        List<RaterWatch> raters = new ArrayList<>();
        for (RaterWatch each : watch.getRaters()) {
            raters.add(restarted(each).setOthersLogNanos(DetectorLog.NONE).build());
        }
        return DriftWatch.newBuilder(restarted(watch, DetectorLog.NONE))
                .setUntilMs(drift.getUntilMs())
                .setOccurrence(drift.getOccurrence())
                .setRaters(raters)
                .build();
    }

    /** The rater begins again, and the pool goes on as if they had never been in it. */
    private static DriftWatch afterRater(DriftWatch watch, DriftDetected drift) {
        RaterWatch rater = Objects.requireNonNull(find(watch, drift.getSubject()));
        List<RaterWatch> raters = new ArrayList<>();
        for (RaterWatch each : watch.getRaters()) {
            raters.add(
                    each == rater
                            ? restarted(each)
                                    .setUntilMs(drift.getUntilMs())
                                    .setOccurrence(drift.getOccurrence())
                                    .build()
                            : each);
        }
        return DriftWatch.newBuilder(watch)
                .setPoolLogNanos(rater.getOthersLogNanos())
                .setRaters(raters)
                .build();
    }

    private static RaterWatch.Builder restarted(RaterWatch rater) {
        return RaterWatch.newBuilder(rater)
                .setOwnLogNanos(DetectorLog.NONE)
                .setOutcomes(0)
                .setRight(0)
                .setSinceMs(0);
    }

    private static DriftWatch restarted(DriftWatch watch, long poolLogNanos) {
        return DriftWatch.newBuilder(watch)
                .setPoolLogNanos(poolLogNanos)
                .setPoolOutcomes(0)
                .setPoolRight(0)
                .setPoolSinceMs(0)
                .build();
    }
}
