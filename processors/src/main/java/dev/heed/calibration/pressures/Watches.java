package dev.heed.calibration.pressures;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.fact.PressureWatched;
import dev.heed.math.MeanShift;
import dev.heed.out.DriftDetected;
import dev.heed.state.PressureStream;
import dev.heed.state.PressureSubject;
import dev.heed.state.PressureWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where pressure tests keep what they know, and how it changes. */
final class Watches {
    private static final Comparator<PressureSubject> BY_NAME =
            Comparator.comparing(PressureSubject::getDimension).thenComparing(PressureSubject::getSubject);

    private Watches() {}

    static @Nullable PressureWatch read(StateReader state, String questionId, DriftKind kind) {
        return state.get(key(questionId, kind), PressureWatch.class);
    }

    private static String key(String questionId, DriftKind kind) {
        return Keys.of("pressure", questionId, kind.name());
    }

    static @Nullable PressureSubject find(PressureWatch watch, Dimension dimension, String subject) {
        for (PressureSubject each : watch.getSubjects()) {
            if (each.getDimension() == dimension && each.getSubject().equals(subject)) {
                return each;
            }
        }
        return null;
    }

    static boolean isSame(PressureSubject one, PressureSubject other) {
        return one.getDimension() == other.getDimension() && one.getSubject().equals(other.getSubject());
    }

    static String name(PressureSubject subject) {
        return subject.getDimension() + "|" + subject.getSubject();
    }

    static void watched(State state, PressureWatched fact) {
        PressureWatch before = fact.getBegun() != null
                ? fact.getBegun()
                : Objects.requireNonNull(read(state, fact.getQuestionId(), fact.getKind()));
        List<PressureSubject> subjects = new ArrayList<>(before.getSubjects());
        subjects.removeIf(
                each -> (!fact.getDropped().isEmpty() && fact.getDropped().contains(name(each)))
                        || fact.getChanged().stream().anyMatch(changed -> isSame(changed, each)));
        subjects.addAll(fact.getChanged());
        subjects.sort(BY_NAME);
        state.put(key(fact.getQuestionId(), fact.getKind()), Records.with(before, after -> {
            after.setPolicyVersion(fact.getPolicyVersion());
            after.setObservations(before.getObservations() + 1);
            after.setSubjects(subjects);
        }));
    }

    /** The subject's test begins again; what it learned of its baseline stays. */
    static void found(State state, DriftDetected drift) {
        PressureWatch watch = Objects.requireNonNull(read(state, drift.getQuestionId(), drift.getKind()));
        List<PressureSubject> subjects = new ArrayList<>();
        for (PressureSubject each : watch.getSubjects()) {
            boolean drifted = each.getDimension() == drift.getDimension()
                    && each.getSubject().equals(drift.getSubject());
            subjects.add(drifted ? restarted(each, drift.getOccurrence()) : each);
        }
        state.put(
                key(drift.getQuestionId(), drift.getKind()), Records.with(watch, after -> after.setSubjects(subjects)));
    }

    private static PressureSubject restarted(PressureSubject subject, int occurrence) {
        List<PressureStream> streams = new ArrayList<>();
        for (PressureStream each : subject.getStreams()) {
            streams.add(Records.with(each, after -> {
                after.setSumMicros(0);
                after.setLogsNanos(MeanShift.start());
            }));
        }
        return Records.with(subject, after -> {
            after.setObservations(0);
            after.setWeightMicros(0);
            after.setSinceMs(0);
            after.setOccurrence(occurrence);
            after.setStreams(streams);
        });
    }
}
