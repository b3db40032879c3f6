package dev.heed.calibration.pressures;

import dev.heed.core.Records;
import dev.heed.math.MeanShift;
import dev.heed.math.Micros;
import dev.heed.policy.PressureRule;
import dev.heed.state.PressureStream;
import dev.heed.state.PressureSubject;
import java.util.ArrayList;
import java.util.List;

/** The test of one subject as it takes in an observation. */
final class SubjectBets {
    private final PressureRule rule;
    private final long nowMs;

    /** @param nowMs stage time */
    SubjectBets(PressureRule rule, long nowMs) {
        this.rule = rule;
        this.nowMs = nowMs;
    }

    /**
     * Learns the baseline from the observation while it is short of some, and bets on it where the limit is known.
     *
     * @param observed what each stream observes, in micros
     * @param weightMicros of the observation
     */
    PressureSubject observe(PressureSubject before, long[] observed, long weightMicros) {
        // While the subject's own baseline is to set its limit there is none, so what is learned from is not bet on.
        PressureSubject bet = isLimited(before) ? bet(before, observed, weightMicros) : before;
        return isLearning(before) ? learn(bet, observed, weightMicros) : bet;
    }

    /** Whether the subject's own mean is wanted: as its limit, or as that of what comes after it. */
    private boolean isLearning(PressureSubject subject) {
        boolean learns =
                switch (rule.getKind()) {
                    case PROXY_REWARD, FEEDBACK_DRIFT -> true;
                    case REFUSAL_SHORTCUT -> rule.getLimitMicros() == 0;
                    default -> false;
                };
        return learns && subject.getBaselineObservations() < rule.getBaselineObservations();
    }

    static boolean isLimited(PressureSubject subject) {
        return subject.getStreams().get(0).getLimitMicros() > 0;
    }

    private PressureSubject bet(PressureSubject before, long[] observed, long weightMicros) {
        double weight = Micros.toDouble(weightMicros);
        double maxWeight = Micros.toDouble(rule.getMaxWeightMicros());
        List<PressureStream> streams = new ArrayList<>();
        for (int i = 0; i < observed.length; i++) {
            PressureStream stream = before.getStreams().get(i);
            double gain = MeanShift.gain(
                    stream.getRises(),
                    Micros.toDouble(observed[i]),
                    Micros.toDouble(stream.getLimitMicros()),
                    weight,
                    maxWeight);
            streams.add(after(stream, gain, Micros.product(observed[i], weightMicros)));
        }
        return counted(before, streams, weightMicros);
    }

    /**
     * Compares an outcome with one of the others: the gap must not be larger than the margin.
     *
     * @param gapMicros the others' outcome less the subject's, −1000000 to 1000000
     */
    PressureSubject compare(PressureSubject before, long gapMicros) {
        double margin = Micros.toDouble(rule.getMarginMicros());
        double gain = (Micros.toDouble(gapMicros) - margin) / (1 + margin);
        PressureStream stream = after(before.getStreams().get(0), gain, gapMicros);
        return counted(before, List.of(stream), Micros.ONE);
    }

    private static PressureStream after(PressureStream stream, double gain, long addedMicros) {
        return Records.with(stream, after -> {
            after.setSumMicros(stream.getSumMicros() + addedMicros);
            after.setLogsNanos(MeanShift.after(stream.getLogsNanos(), gain));
        });
    }

    private PressureSubject counted(PressureSubject before, List<PressureStream> streams, long weightMicros) {
        return Records.with(before, after -> {
            after.setObservations(before.getObservations() + 1);
            after.setWeightMicros(before.getWeightMicros() + weightMicros);
            after.setSinceMs(before.getObservations() == 0 ? nowMs : before.getSinceMs());
            after.setStreams(streams);
        });
    }

    private PressureSubject learn(PressureSubject before, long[] observed, long weightMicros) {
        PressureSubject after = Records.with(before, copy -> {
            copy.setBaselineObservations(before.getBaselineObservations() + 1);
            copy.setBaselineWeightMicros(before.getBaselineWeightMicros() + weightMicros);
            copy.setBaselineSquareMicros(before.getBaselineSquareMicros() + Micros.product(weightMicros, weightMicros));
        });
        boolean learned = after.getBaselineObservations() >= rule.getBaselineObservations();
        List<PressureStream> streams = new ArrayList<>();
        for (int i = 0; i < observed.length; i++) {
            PressureStream stream = before.getStreams().get(i);
            long sum = stream.getBaselineSumMicros() + Micros.product(observed[i], weightMicros);
            streams.add(Records.with(stream, next -> {
                next.setBaselineSumMicros(sum);
                if (learned && stream.getLimitMicros() == 0) {
                    next.setLimitMicros(limitMicros(after, stream.getRises(), sum));
                }
            }));
        }
        after.setStreams(streams);
        return after;
    }

    /**
     * The limit that a baseline sets: how far its mean may be from that of its sample, and the margin beyond that. Weights
     * make a sample as good as a smaller one without: (Σ w)² / Σ w² observations.
     */
    long limitMicros(PressureSubject baseline, boolean rises, long sumMicros) {
        double weight = Micros.toDouble(baseline.getBaselineWeightMicros());
        double mean = Math.min(1, Micros.toDouble(sumMicros) / weight);
        double n = weight * weight / Micros.toDouble(baseline.getBaselineSquareMicros());
        double error = Micros.toDouble(rule.getBaselineErrorMicros())
                / baseline.getStreams().size();
        double bound = MeanShift.bound(rises, mean, n, error);
        double margin = Micros.toDouble(rule.getMarginMicros());
        long limit = Micros.of(rises ? bound + margin : bound - margin);
        return Math.max(1, Math.min(limit, Micros.ONE - 1));
    }
}
