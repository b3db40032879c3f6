package dev.heed.subjects.fanout;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.ConsentRecorded;
import dev.heed.fact.FactHeader;
import dev.heed.fact.FanOutAdvanced;
import dev.heed.fact.FanOutFinished;
import dev.heed.fact.FanOutStarted;
import dev.heed.journal.Tick;
import dev.heed.state.FanOutCursor;
import dev.heed.state.FanOutTurn;
import dev.heed.state.OpenFanOut;
import dev.heed.subjects.Ledger;
import dev.heed.subjects.SubjectKeys;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Carries a change of consent to every interaction of its subject: at once to the first, at ticks to the rest, subjects
 * taking turns. A newer consent starts over with its own epoch; an interaction that registers meanwhile is told the
 * current epoch then and there.
 */
public final class FanOutFeature implements Feature {
    /** Most interactions of one subject looked at in one step. */
    public static final int MAX_INTERACTIONS_PER_STEP = 64;
    /** Most fan-outs that take a step at one tick; the others are before them at the next. */
    public static final int MAX_FAN_OUTS_PER_TICK = 8;

    @Override
    public void decide(Step step) {
        for (ConsentRecorded recorded : step.facts(ConsentRecorded.class)) {
            String subject = recorded.getConsent().getSubject();
            step.emit(new FanOutStarted(subject, recorded.getEpoch()));
            advance(step, subject);
        }
        if (step.event() instanceof Tick) {
            List<StateReader.Entry<FanOutTurn>> turns =
                    step.state().withPrefix(SubjectKeys.turns(), FanOutTurn.class, MAX_FAN_OUTS_PER_TICK);
            turns.forEach(turn -> advance(step, turn.value().getSubject()));
        }
    }

    private static void advance(Step step, String subject) {
        FanOutCursor fanOut = cursor(step.state(), subject);
        long told = fanOut.getInteractions();
        String reached = fanOut.getCursor();
        var batch = Index.after(step.state(), subject, reached, MAX_INTERACTIONS_PER_STEP);
        for (Index.Interaction interaction : batch) {
            reached = interaction.interactionId();
            // Whoever registered under this epoch was told of it then.
            if (interaction.epoch() < fanOut.getEpoch()) {
                ConsentDecided decided =
                        Ledger.decided(Ledger.consent(step.state(), subject), subject, reached, interaction.epoch());
                step.emit(decided);
                told++;
            }
        }
        if (batch.size() < MAX_INTERACTIONS_PER_STEP) {
            step.emit(new FanOutFinished(subject, fanOut.getEpoch(), told));
        } else {
            step.emit(new FanOutAdvanced(subject, fanOut.getEpoch(), reached, told));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof FanOutStarted started) {
            long startedOffset = open(state, header, started.getSubject());
            endTurn(state, started.getSubject());
            takeTurn(
                    state,
                    header,
                    started.getSubject(),
                    new FanOutCursor(started.getEpoch(), "", 0L, 0L, startedOffset));
        } else if (fact instanceof FanOutAdvanced advanced) {
            long startedOffset = cursor(state, advanced.getSubject()).getStartedOffset();
            endTurn(state, advanced.getSubject());
            takeTurn(
                    state,
                    header,
                    advanced.getSubject(),
                    new FanOutCursor(
                            advanced.getEpoch(), advanced.getCursor(), advanced.getInteractions(), 0L, startedOffset));
        } else if (fact instanceof FanOutFinished finished) {
            state.delete(SubjectKeys.openFanOut(
                    cursor(state, finished.getSubject()).getStartedOffset(), finished.getSubject()));
            endTurn(state, finished.getSubject());
            state.delete(SubjectKeys.fanOut(finished.getSubject()));
        }
    }

    /** The fan-out goes to the end of the queue: offsets rise. */
    private static void takeTurn(State state, FactHeader header, String subject, FanOutCursor fanOut) {
        long offset = header.getJournalOffset();
        fanOut.setTurnOffset(offset);
        state.put(SubjectKeys.fanOut(subject), fanOut);
        state.put(SubjectKeys.turn(offset, subject), new FanOutTurn(subject));
    }

    /**
     * Since when the subject's interactions may not all know what was said. A newer consent does not change that: until
     * it has reached them all, some may not even have heard of the one before it.
     */
    private static long open(State state, FactHeader header, String subject) {
        FanOutCursor before = state.get(SubjectKeys.fanOut(subject), FanOutCursor.class);
        if (before != null) {
            return before.getStartedOffset();
        }
        state.put(SubjectKeys.openFanOut(header.getJournalOffset(), subject), new OpenFanOut(subject));
        return header.getJournalOffset();
    }

    private static void endTurn(State state, String subject) {
        FanOutCursor before = state.get(SubjectKeys.fanOut(subject), FanOutCursor.class);
        if (before != null) {
            state.delete(SubjectKeys.turn(before.getTurnOffset(), subject));
        }
    }

    private static FanOutCursor cursor(StateReader state, String subject) {
        return Objects.requireNonNull(state.get(SubjectKeys.fanOut(subject), FanOutCursor.class));
    }
}
