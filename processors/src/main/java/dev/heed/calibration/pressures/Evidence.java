package dev.heed.calibration.pressures;

import dev.heed.calibration.Alarm;
import dev.heed.event.DriftKind;
import dev.heed.math.DetectorLog;
import dev.heed.math.Micros;
import dev.heed.out.DriftMeasure;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.PressureStream;
import dev.heed.state.PressureSubject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the streams of a subject amount to together.
 *
 * @param logNanos ln(1 + M), in billionths
 */
record Evidence(DriftKind kind, PressureSubject subject, long logNanos) {
    static Evidence of(DriftKind kind, PressureSubject subject) {
        List<PressureStream> streams = subject.getStreams();
        long log =
                switch (kind) {
                    // Both must be shown: while either does not hold, its own detector keeps the rate.
                    case PROXY_REWARD ->
                        streams.stream().mapToLong(Evidence::of).min().orElse(DetectorLog.NONE);
                    // Any class may move, either way: the mean of detectors is one.
                    case FEEDBACK_DRIFT -> mean(streams);
                    default -> of(streams.get(0));
                };
        return new Evidence(kind, subject, log);
    }

    private static long of(PressureStream stream) {
        return mean(List.of(stream));
    }

    private static long mean(List<PressureStream> streams) {
        List<Long> logs = new ArrayList<>();
        streams.forEach(stream -> logs.addAll(stream.getLogsNanos()));
        return DetectorLog.mean(logs.stream().mapToLong(Long::longValue).toArray());
    }

    long micros() {
        return DetectorLog.micros(logNanos);
    }

    static long thresholdMicros(PressureRule rule) {
        return DetectorLog.thresholdMicros(rule.getAlphaMicros(), Measures.shares(rule));
    }

    Alarm alarm(Question question, PressureRule rule) {
        return new Alarm(
                question,
                rule,
                subject.getDimension(),
                subject.getSubject(),
                subject.getOccurrence() + 1,
                logNanos,
                thresholdMicros(rule),
                subject.getObservations(),
                measured().stream().map(this::measure).toList(),
                subject.getSinceMs());
    }

    /** The streams that say what happened: of a label mix the one that moved most. */
    private List<PressureStream> measured() {
        List<PressureStream> streams = subject.getStreams();
        return kind == DriftKind.FEEDBACK_DRIFT
                ? List.of(streams.stream()
                        .max(Comparator.comparingLong(Evidence::of))
                        .orElseThrow())
                : streams;
    }

    private DriftMeasure measure(PressureStream stream) {
        double mean = (double) stream.getSumMicros() / subject.getWeightMicros();
        return new DriftMeasure(stream.getName(), Micros.of(mean), stream.getLimitMicros());
    }
}
