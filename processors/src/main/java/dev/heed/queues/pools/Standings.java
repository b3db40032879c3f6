package dev.heed.queues.pools;

import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterStatus;
import dev.heed.fact.FactHeader;
import dev.heed.fact.StandingHeard;
import dev.heed.journal.RaterStanding;
import dev.heed.queues.QueueKeys;
import org.apache.avro.specific.SpecificRecord;

/** Knows how far raters are trusted on each question, as calibration last said. The highest version stands. */
public final class Standings implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof RaterStanding standing)) {
            return;
        }
        if (standing.getStatus() == RaterStatus.UNKNOWN) {
            throw new NotUpgraded("the standing of rater " + standing.getRaterId()
                    + " is one this version does not know: it was written by a newer version");
        }
        String key = QueueKeys.standing(standing.getRaterId(), standing.getQuestionId());
        RaterStanding known = step.state().get(key, RaterStanding.class);
        if (known != null && known.getVersion() >= standing.getVersion()) {
            step.ignoreDuplicate();
        } else {
            step.emit(new StandingHeard(standing));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof StandingHeard heard) {
            RaterStanding standing = heard.getStanding();
            state.put(QueueKeys.standing(standing.getRaterId(), standing.getQuestionId()), standing);
        }
    }
}
