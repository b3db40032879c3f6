package dev.heed.queues.pools;

import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RaterRecorded;
import dev.heed.queues.QueueKeys;
import org.apache.avro.specific.SpecificRecord;

/** Knows the raters. Of two profiles the one made later stands. */
public final class Roster implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof RaterProfile profile)) {
            return;
        }
        if (profile.getKind() == RaterKind.UNKNOWN) {
            throw new NotUpgraded("rater " + profile.getRaterId()
                    + " is of a kind this version does not know: it was written by a newer version");
        }
        RaterProfile known = step.state().get(QueueKeys.profile(profile.getRaterId()), RaterProfile.class);
        boolean old = known != null
                && (known.getEventId().equals(profile.getEventId())
                        || known.getOccurredAtMs() > profile.getOccurredAtMs());
        if (old) {
            step.ignoreDuplicate();
        } else {
            step.emit(new RaterRecorded(profile));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RaterRecorded recorded) {
            state.put(QueueKeys.profile(recorded.getProfile().getRaterId()), recorded.getProfile());
        }
    }
}
