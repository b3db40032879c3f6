package dev.heed.calibration.standing;

import dev.heed.calibration.Standings;
import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.AnomalyFound;
import dev.heed.fact.FactHeader;
import dev.heed.fact.FirstLabelScored;
import dev.heed.fact.GoldRescored;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.Tick;
import dev.heed.state.RaterTrack;
import dev.heed.state.Timer;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Tests raters on gold and on conduct, and says how far each is trusted on a question.
 *
 * <p>It stands behind the labels: what is scored is what an item holds after the event, so a label that was refused, or
 * set aside, tells nothing.
 */
public final class StandingFeature implements Feature {
    /** Most suspensions that end at one tick; the rest wait for the next. */
    static final int MAX_ENDED_PER_TICK = 64;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof LabelsSubmitted submitted) {
            Scoring.decide(step, submitted);
        } else if (step.event() instanceof GoldAssigned assigned) {
            Rescoring.decide(step, assigned);
        } else if (step.event() instanceof ActionAccepted action && action.getReinstate() != null) {
            Return.decide(step, action, action.getReinstate());
        } else if (step.event() instanceof Tick && step.hasPolicy()) {
            for (StateReader.Entry<Timer> due :
                    step.state().withPrefix(StandingKeys.due(), Timer.class, MAX_ENDED_PER_TICK)) {
                if (due.value().getDueMs() <= step.nowMs()) {
                    Return.decide(step, due.key());
                }
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof FirstLabelScored scored) {
            Tracks.scored(state, scored);
        } else if (fact instanceof GoldRescored rescored) {
            Tracks.rescored(state, rescored);
        } else if (fact instanceof AnomalyFound found) {
            Tracks.found(state, found);
        } else if (fact instanceof StandingChanged changed) {
            Tracks.changed(state, changed);
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof StandingChanged changed) {
            RaterStanding standing = changed.getStanding();
            out.send(Channel.RATER_STANDINGS, standing.getQuestionId() + "|" + standing.getRaterId(), standing);
            ItemsEvent toItems = new ItemsEvent();
            toItems.setStanding(standing);
            out.multicast(Channel.ITEMS_JOURNAL, standing.getQuestionId(), toItems);
            QueuesEvent toQueues = new QueuesEvent();
            toQueues.setStanding(standing);
            out.multicast(Channel.QUEUES_JOURNAL, standing.getQuestionId(), toQueues);
        }
    }

    /** The track of a rater who was scored before. */
    static RaterTrack track(StateReader state, String questionId, RaterKind kind, String raterId) {
        return Objects.requireNonNull(Standings.find(state, questionId, kind, raterId), "rater was never scored");
    }

    static boolean isSuspended(RaterTrack track) {
        return track.getStanding().getStatus() == RaterStatus.SUSPENDED;
    }
}
