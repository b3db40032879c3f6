package dev.heed.items.observations;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.DriftKind;
import dev.heed.fact.JudgmentObserved;
import dev.heed.fact.RewardRecorded;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.JudgedObservation;
import dev.heed.policy.PressureRule;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final long[] SURELY_OK = {984_615, 15_385};
    private static final long[] SURELY_NOT = {1_000, 999_000};

    private ItemsTrial items = new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation()
            .setEscalates(false)
            .setPressures(List.of(PressureRule.newBuilder()
                    .setKind(DriftKind.PROXY_REWARD)
                    .setAlphaMicros(1_000)
                    .setClasses(List.of("ok"))
                    .setDetectorId("reward-model")
                    .build()))
            .build()));

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void theFirstJudgmentIsObservedWithWhatTellsItApart() {
        items.interaction("i1", 1, "benign", "maths");
        score("r1", 300_000);
        score("r2", 800_000);
        label("f1", "rita", "ok");
        label("f2", "sam", "violation");
        items.belief("i1", VIOLATION, 2, 2, "f2", SURELY_OK);
        assertThat(observed())
                .containsExactly(new JudgedObservation(
                        "i1",
                        VIOLATION,
                        "ok",
                        1_000_000L,
                        List.of("benign", "maths"),
                        "en",
                        "t0",
                        "model-0@v0",
                        800_000L,
                        false,
                        "r1",
                        1));
    }

    @Test
    void aRevisionIsNotObservedAgain() {
        items.interaction("i1", 1);
        label("f1", "rita", "ok");
        label("f2", "sam", "ok");
        items.belief("i1", VIOLATION, 2, 2, "f2", SURELY_OK);
        items.belief("i1", VIOLATION, 3, 2, "f3", SURELY_NOT);
        assertThat(items.facts(JudgmentObserved.class)).hasSize(1);
    }

    @Test
    void aKnownAnswerIsNotObserved() {
        items.interaction("i1", 1);
        items.gold("g1", "i1", VIOLATION, "ok");
        items.goldBelief("i1", VIOLATION, 1, 1_000_000, 0);
        assertThat(items.facts(JudgmentObserved.class)).isEmpty();
    }

    @Test
    void whatNothingWatchesIsNotObserved() {
        items = new ItemsTrial(
                ItemsPolicies.only(ItemsPolicies.violation().setEscalates(false).build()));
        items.interaction("i1", 1);
        score("r1", 300_000);
        label("f1", "rita", "ok");
        label("f2", "sam", "ok");
        items.belief("i1", VIOLATION, 2, 2, "f2", SURELY_OK);
        assertThat(items.facts(JudgmentObserved.class)).isEmpty();
        assertThat(items.facts(RewardRecorded.class)).isEmpty();
    }

    private void score(String eventId, long micros) {
        items.sendPublic(
                "i1",
                ItemsTrial.signal(eventId, "i1", "reward-model")
                        .setQuestionId(null)
                        .setScoreMicros(micros)
                        .build());
    }

    private void label(String eventId, String rater, String said) {
        items.lease("i1", rater, "task-" + rater);
        items.label(eventId, "i1", rater, said);
    }

    private List<JudgedObservation> observed() {
        return items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class).stream()
                .map(CalibrationEvent::getJudged)
                .filter(Objects::nonNull)
                .toList();
    }
}
