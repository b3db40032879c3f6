package dev.heed.calibration.pressures;

import dev.heed.core.Records;
import dev.heed.core.Step;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.fact.PressureWatched;
import dev.heed.journal.JudgedObservation;
import dev.heed.math.Micros;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.PressureStream;
import dev.heed.state.PressureSubject;
import dev.heed.state.PressureWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One test of a question and one judgment. */
final class Pressure {
    private final Step step;
    private final Question question;
    private final PressureRule rule;
    private final JudgedObservation judged;

    Pressure(Step step, Question question, PressureRule rule, JudgedObservation judged) {
        this.step = step;
        this.question = question;
        this.rule = rule;
        this.judged = judged;
    }

    void decide() {
        Optional<long[]> observed = Measures.observed(question, rule, judged);
        List<Measures.Subject> subjects = Measures.subjects(rule, judged);
        PressureWatch known = Watches.read(step.state(), question.getQuestionId(), rule.getKind());
        if (observed.isEmpty() || subjects.isEmpty() || !isWatched() || isLate(known)) {
            return;
        }
        PressureWatch begun = goesOn(known) ? null : begin();
        PressureWatch watch = begun != null || known == null ? begin() : known;
        Taken taken = new Taken(watch);
        taken.take(subjects, observed.get());
        step.emit(new PressureWatched(
                question.getQuestionId(),
                rule.getKind(),
                judged.getInteractionId(),
                begun,
                Math.max(watch.getPolicyVersion(), judged.getPolicyVersion()),
                taken.changed,
                taken.dropped));
        for (Measures.Subject subject : subjects) {
            taken.alarm(subject);
        }
    }

    private boolean isWatched() {
        return rule.getSlices().isEmpty() || judged.getSlices().stream().anyMatch(rule.getSlices()::contains);
    }

    /** A judgment that was under way when its policy was replaced says nothing of what has come since. */
    private boolean isLate(@Nullable PressureWatch watch) {
        if (watch == null || judged.getPolicyVersion() >= watch.getPolicyVersion()) {
            return false;
        }
        return rule.getKind() == DriftKind.FEEDBACK_DRIFT
                || !judged.getRubricVersion().equals(watch.getRubricVersion());
    }

    /** Another rule or rubric begins anew; feedback is compared under one policy only, as a policy may well move it. */
    private boolean goesOn(@Nullable PressureWatch watch) {
        return watch != null
                && watch.getRule().equals(tested())
                && watch.getRubricVersion().equals(judged.getRubricVersion())
                && (rule.getKind() != DriftKind.FEEDBACK_DRIFT
                        || watch.getPolicyVersion() == judged.getPolicyVersion());
    }

    private PressureWatch begin() {
        return new PressureWatch(tested(), judged.getRubricVersion(), judged.getPolicyVersion(), 0L, List.of());
    }

    /** The rule without what its alarm does, which changes no test. */
    private PressureRule tested() {
        return Records.with(rule, tested -> {
            tested.setExposureFactorMicros(Micros.ONE);
            tested.setExpiryMs(1);
            tested.setBlocksGates(false);
        });
    }

    private long weightMicros() {
        long inverse = Micros.ONE * Micros.ONE / judged.getPropensityMicros();
        return Math.min(inverse, rule.getMaxWeightMicros());
    }

    /** What the judgment changes. */
    private final class Taken {
        private final PressureWatch watch;
        private final long number;
        private final SubjectBets test = new SubjectBets(rule, step.nowMs());
        private final List<PressureSubject> changed = new ArrayList<>();
        private final List<String> dropped = new ArrayList<>();

        Taken(PressureWatch watch) {
            this.watch = watch;
            this.number = watch.getObservations() + 1;
        }

        void take(List<Measures.Subject> subjects, long[] observed) {
            for (Measures.Subject subject : subjects) {
                PressureSubject before = Watches.find(watch, subject.dimension(), subject.name());
                PressureSubject seen =
                        Records.with(before == null ? created(subject) : before, each -> each.setLastSeen(number));
                changed.add(
                        rule.getKind() == DriftKind.TEMPLATE_OVERFIT
                                ? compared(seen, observed[0])
                                : test.observe(seen, observed, weightMicros()));
            }
            if (rule.getKind() == DriftKind.TEMPLATE_OVERFIT) {
                offer(observed[0]);
            }
            makeRoom();
        }

        private PressureSubject created(Measures.Subject subject) {
            List<PressureStream> streams = Measures.streams(question, rule);
            PressureSubject created = new PressureSubject(
                    subject.dimension(), subject.name(), 0, 0L, 0L, 0L, 0L, 0L, number, 0, null, streams);
            PressureSubject earlier = earlierVersion(subject);
            if (rule.getKind() == DriftKind.REFUSAL_SHORTCUT && !SubjectBets.isLimited(created) && earlier != null) {
                long sum = earlier.getStreams().get(0).getBaselineSumMicros();
                streams.set(
                        0,
                        Records.with(
                                streams.get(0), stream -> stream.setLimitMicros(test.limitMicros(earlier, true, sum))));
            }
            return created;
        }

        /** The version of the same model that was seen last, if its baseline is known. */
        private @Nullable PressureSubject earlierVersion(Measures.Subject subject) {
            return watch.getSubjects().stream()
                    .filter(each -> each.getDimension() == Dimension.MODEL)
                    .filter(each -> modelOf(each.getSubject()).equals(modelOf(subject.name())))
                    .filter(each -> each.getBaselineObservations() >= rule.getBaselineObservations())
                    .max(Comparator.comparingLong(PressureSubject::getLastSeen))
                    .orElse(null);
        }

        private static String modelOf(String name) {
            return name.substring(0, Math.max(0, name.lastIndexOf('@')));
        }

        /** Bets on the gap to the last outcome of the others, if there is one that was not yet compared. */
        private PressureSubject compared(PressureSubject subject, long outcomeMicros) {
            Long pending = subject.getPendingMicros();
            if (pending == null) {
                return subject;
            }
            PressureSubject after = test.compare(subject, pending - outcomeMicros);
            after.setPendingMicros(null);
            return after;
        }

        /** To all that the judgment is not counted for it is one of the others. */
        private void offer(long outcomeMicros) {
            List<PressureSubject> own = List.copyOf(changed);
            for (PressureSubject each : watch.getSubjects()) {
                if (own.stream().noneMatch(other -> Watches.isSame(other, each))) {
                    changed.add(Records.with(each, other -> other.setPendingMicros(outcomeMicros)));
                }
            }
        }

        /** Forgets who was seen least lately when there are too many. */
        private void makeRoom() {
            long created = changed.stream()
                    .filter(each -> Watches.find(watch, each.getDimension(), each.getSubject()) == null)
                    .count();
            long excess = watch.getSubjects().size() + created - rule.getMaxSubjects();
            if (excess <= 0) {
                return;
            }
            watch.getSubjects().stream()
                    .filter(each -> changed.stream()
                            .noneMatch(other -> other.getLastSeen() == number && Watches.isSame(other, each)))
                    .sorted(Comparator.comparingLong(PressureSubject::getLastSeen))
                    .limit(excess)
                    .forEach(each -> dropped.add(Watches.name(each)));
            changed.removeIf(each -> dropped.contains(Watches.name(each)));
        }

        void alarm(Measures.Subject subject) {
            PressureSubject after = changed.stream()
                    .filter(each -> each.getDimension() == subject.dimension()
                            && each.getSubject().equals(subject.name()))
                    .findFirst()
                    .orElse(null);
            if (after != null && after.getObservations() > 0) {
                Evidence evidence = Evidence.of(rule.getKind(), after);
                if (evidence.micros() >= Evidence.thresholdMicros(rule)) {
                    evidence.alarm(question, rule).emit(step);
                }
            }
        }
    }
}
