package dev.heed.calibration.rates;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Vectors;
import dev.heed.core.State;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RatesCompared;
import dev.heed.fact.VerdictScored;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.DetectorRates;
import dev.heed.math.Micros;
import dev.heed.out.DetectorErrorRates;
import dev.heed.state.QuestionTally;
import dev.heed.state.ScoredVerdicts;
import dev.heed.state.Timer;
import dev.heed.state.VerdictTally;
import java.util.List;
import java.util.Objects;

/** Writes the sums behind error rates: what each item adds, and takes back when it changes. */
final class VerdictTallies {
    static final long NOT_DUE = 0;

    private VerdictTallies() {}

    static void scored(State state, FactHeader header, VerdictScored fact) {
        String questionId = fact.getQuestionId();
        List<String> classes = Objects.requireNonNull(
                        state.get(CalibrationKeys.question(questionId), QuestionTally.class))
                .getClasses();
        String key = RateKeys.item(questionId, fact.getInteractionId());
        ScoredVerdicts before = state.get(key, ScoredVerdicts.class);
        ScoredVerdicts after =
                new ScoredVerdicts(fact.getTruthMicros(), fact.getPropensityMicros(), fact.getVerdicts());
        if (before != null) {
            add(state, header, questionId, classes, before, -1);
        }
        add(state, header, questionId, classes, after, 1);
        state.put(key, after);
    }

    private static void add(
            State state, FactHeader header, String questionId, List<String> classes, ScoredVerdicts item, int sign) {
        if (item.getTruthMicros().isEmpty()) {
            return;
        }
        for (SubmittedLabel verdict : item.getVerdicts()) {
            String key = RateKeys.tally(questionId, verdict);
            VerdictTally tally = state.get(key, VerdictTally.class);
            VerdictTally moved = moved(
                    tally == null ? none(classes.size()) : tally, classes.indexOf(verdict.getClassName()), item, sign);
            if (moved.getDueMs() == NOT_DUE) {
                // At least 1: before the first tick the time is 0, which stands for not due.
                long earliest =
                        moved.getComparedAtMs() == 0 ? 0 : moved.getComparedAtMs() + RatesFeature.COMPARE_INTERVAL_MS;
                moved.setDueMs(Math.max(1, Math.max(earliest, header.getTimeMs())));
                state.put(RateKeys.due(moved.getDueMs(), key), new Timer(moved.getDueMs(), "rates", key));
            }
            state.put(key, moved);
        }
    }

    private static VerdictTally none(int classes) {
        List<Long> zeros = Vectors.toList(new long[classes * classes]);
        return new VerdictTally(zeros, zeros, zeros, NOT_DUE, 0L, List.of());
    }

    private static VerdictTally moved(VerdictTally tally, int said, ScoredVerdicts item, int sign) {
        int k = item.getTruthMicros().size();
        long[] items = Vectors.toArray(tally.getItemsMicros());
        long[] weights = Vectors.toArray(tally.getWeightsMicros());
        long[] squares = Vectors.toArray(tally.getSquaresMilli());
        long weight = DetectorRates.weightMicros(item.getPropensityMicros());
        for (int truth = 0; truth < k; truth++) {
            long share = item.getTruthMicros().get(truth);
            long part = Math.floorDiv(Math.multiplyExact(weight, share), Micros.ONE);
            int cell = truth * k + said;
            items[cell] += sign * share;
            weights[cell] = Math.addExact(weights[cell], sign * part);
            squares[cell] = Math.addExact(squares[cell], sign * DetectorRates.squareMilli(part));
        }
        return new VerdictTally(
                Vectors.toList(items),
                Vectors.toList(weights),
                Vectors.toList(squares),
                tally.getDueMs(),
                tally.getComparedAtMs(),
                tally.getPublished());
    }

    static void compared(State state, FactHeader header, RatesCompared fact) {
        String key = RateKeys.tally(fact.getQuestionId(), fact.getKind(), fact.getRaterId(), fact.getThresholdMicros());
        VerdictTally tally = Objects.requireNonNull(state.get(key, VerdictTally.class));
        state.delete(RateKeys.due(fact.getDueMs(), key));
        List<DetectorErrorRates> published = fact.getPublished().isEmpty() ? tally.getPublished() : fact.getPublished();
        state.put(
                key,
                new VerdictTally(
                        tally.getItemsMicros(),
                        tally.getWeightsMicros(),
                        tally.getSquaresMilli(),
                        NOT_DUE,
                        header.getTimeMs(),
                        published));
    }
}
