package dev.heed.calibration.agreement;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.AgreementReported;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RubricSuperseded;
import dev.heed.journal.Tick;
import dev.heed.state.AgreementCursor;
import dev.heed.state.Timer;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Keeps the pair counts of human labels exact, and reports agreement at ticks when they changed. */
public final class AgreementFeature implements Feature {
    /** Least time between two reports on one question. */
    public static final long REPORT_INTERVAL_MS = 10_000;
    /** Most questions reported on at one tick; the rest wait for the next tick. */
    static final int MAX_QUESTIONS_PER_TICK = 16;

    private static final long NOT_DUE = 0;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof Tick) {
            for (StateReader.Entry<Timer> due :
                    step.state().withPrefix(AgreementKeys.timers(), Timer.class, MAX_QUESTIONS_PER_TICK)) {
                if (due.value().getDueMs() <= step.nowMs()) {
                    step.emit(Report.of(step, due.value().getTarget()));
                }
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof BeliefMove move && UnitCounts.move(state, move)) {
            changed(state, header, move.getQuestionId());
        } else if (fact instanceof RubricSuperseded superseded) {
            changed(state, header, superseded.getQuestionId());
        } else if (fact instanceof AgreementReported reported) {
            reported(state, header, reported.getQuestionId());
        }
    }

    private static void changed(State state, FactHeader header, String questionId) {
        AgreementCursor cursor = cursor(state, questionId);
        if (cursor != null && cursor.getDueMs() != NOT_DUE) {
            return;
        }
        long reportedAtMs = cursor == null ? 0 : cursor.getReportedAtMs();
        long earliest = cursor == null ? 0 : reportedAtMs + REPORT_INTERVAL_MS;
        // At least 1: before the first tick the time is 0, which stands for not due.
        long dueMs = Math.max(1, Math.max(earliest, header.getTimeMs()));
        state.put(AgreementKeys.cursor(questionId), new AgreementCursor(dueMs, reportedAtMs));
        state.put(AgreementKeys.timer(dueMs, questionId), new Timer(dueMs, "agreement", questionId));
    }

    private static void reported(State state, FactHeader header, String questionId) {
        AgreementCursor cursor = Objects.requireNonNull(cursor(state, questionId));
        state.delete(AgreementKeys.timer(cursor.getDueMs(), questionId));
        state.put(AgreementKeys.cursor(questionId), new AgreementCursor(NOT_DUE, header.getTimeMs()));
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof AgreementReported reported) {
            out.send(Channel.AGREEMENT, reported.getQuestionId(), reported);
        }
    }

    private static @Nullable AgreementCursor cursor(StateReader state, String questionId) {
        return state.get(AgreementKeys.cursor(questionId), AgreementCursor.class);
    }
}
