package dev.heed.calibration.raters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.StageTrial;
import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationStage;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.RaterRecorded;
import org.junit.jupiter.api.Test;

class RatersTest {
    @Test
    void theLastProfileIsKeptEvenBeforeAnyPolicy() {
        StageTrial trial = new StageTrial(CalibrationStage.create());
        trial.sendPublic("gpt", profile("e1", "acme"));
        trial.sendPublic("gpt", profile("e2", "other"));
        assertThat(trial.sendPublic("gpt", profile("e2", "other")))
                .singleElement()
                .isInstanceOf(DuplicateIgnored.class);
        assertThat(trial.facts(RaterRecorded.class)).hasSize(2);
        assertThat(trial.state().get(CalibrationKeys.rater("gpt"), RaterProfile.class))
                .isEqualTo(profile("e2", "other"));
        trial.checkReplay();
    }

    private static RaterProfile profile(String eventId, String group) {
        return RaterProfile.newBuilder()
                .setEventId(eventId)
                .setRaterId("gpt")
                .setKind(RaterKind.AI_JUDGE)
                .setVendorGroup(group)
                .setOccurredAtMs(0)
                .build();
    }
}
