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
                ConsentDecided decided = Ledger.decided(Ledger.consent(step.state(), subject), subject, reached);
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
            endTurn(state, started.getSubject());
            takeTurn(state, header, started.getSubject(), started.getEpoch(), "", 0);
        } else if (fact instanceof FanOutAdvanced advanced) {
            endTurn(state, advanced.getSubject());
            takeTurn(
                    state,
                    header,
                    advanced.getSubject(),
                    advanced.getEpoch(),
                    advanced.getCursor(),
                    advanced.getInteractions());
        } else if (fact instanceof FanOutFinished finished) {
            endTurn(state, finished.getSubject());
            state.delete(SubjectKeys.fanOut(finished.getSubject()));
        }
    }

    /** The fan-out goes to the end of the queue: offsets rise. */
    private static void takeTurn(
            State state, FactHeader header, String subject, long epoch, String cursor, long interactions) {
        long offset = header.getJournalOffset();
        state.put(SubjectKeys.fanOut(subject), new FanOutCursor(epoch, cursor, interactions, offset));
        state.put(SubjectKeys.turn(offset, subject), new FanOutTurn(subject));
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
