package dev.heed.calibration.raters;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RaterProfile;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RaterRecorded;
import org.apache.avro.specific.SpecificRecord;

/** Keeps the last profile of each rater: what kind of rater it is, and whose vote it shares. */
public final class RatersFeature implements Feature {
    @Override
    public void decide(Step step) {
        if (step.event() instanceof RaterProfile profile) {
            RaterProfile known = step.state().get(CalibrationKeys.rater(profile.getRaterId()), RaterProfile.class);
            if (known != null && known.getEventId().equals(profile.getEventId())) {
                step.ignoreDuplicate();
            } else {
                step.emit(new RaterRecorded(profile));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RaterRecorded recorded) {
            state.put(CalibrationKeys.rater(recorded.getProfile().getRaterId()), recorded.getProfile());
        }
    }
}
