package dev.heed.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A minute of StudyBuddy in a time of its own: what it comes to does not hang on how fast the machine is. */
class VirtualDemoIT {
    /** Two standard errors of the difference between two shares of some three hundred judgments, most of them alike. */
    private static final double NOISE = .03;

    @Test
    void aMinuteMakesRowsOfEveryKindThatThePolicyAsksFor() {
        try (VirtualDemo demo = new VirtualDemo(1)) {
            Scorecard scorecard = demo.run(Duration.ofMinutes(1));

            for (String dataset : List.of("preference", "sft", "binary", "critique", "guardrail", "critique")) {
                assertThat(scorecard.rows().get(dataset)).as(dataset).isPositive();
            }
            assertThat(scorecard.gateWord()).isEqualTo("FAIL");
            assertThat(scorecard.quality().accuracy())
                    .isGreaterThan(.8)
                    .isGreaterThan(Objects.requireNonNull(scorecard.quality().majority()) - NOISE);
            assertThat(scorecard.quality().ties()).isPositive();
            assertThat(scorecard.quality().tiesRight()).isPositive();
            assertThat(scorecard.vigilance().notifications()).isPositive();
            assertThat(scorecard.vigilance().suspended()).contains("rev-spamming-1");
            assertThat(scorecard.vigilance().appeals()).containsKeys("overturned", "upheld");
            assertThat(scorecard.vigilance().drifts().keySet())
                    .anySatisfy(drift -> assertThat(drift).contains("REFUSAL_SHORTCUT", "studybuddy@1.4.1"));
            assertThat(scorecard.vigilance().machines()).containsKey("judge-rules on violation");
            assertThat(scorecard.vigilance().prices()).containsOnlyKeys("pairs", "quality", "safety");
            assertThat(scorecard.vigilance().priceLines().values())
                    .allSatisfy(line -> assertThat(line).hasSizeBetween(2, 40));
        }
    }

    @Test
    void halfAMinuteIsEnoughForRowsToTrainOn() {
        try (VirtualDemo demo = new VirtualDemo(7)) {
            Scorecard scorecard = demo.run(Duration.ofSeconds(30));

            for (String dataset : List.of("preference", "sft", "guardrail")) {
                assertThat(scorecard.rows().get(dataset)).as(dataset).isPositive();
            }
        }
    }

    @Test
    void detectorsDoNotOutweighPeopleWhenNothingIsKnownForCertain() {
        try (VirtualDemo demo = new VirtualDemo(1, false)) {
            Quality quality = demo.run(Duration.ofMinutes(1)).quality();

            assertThat(quality.judged()).isGreaterThan(200);
            assertThat(quality.accuracy())
                    .isGreaterThan(.8)
                    .isGreaterThan(Objects.requireNonNull(quality.majority()) - NOISE);
        }
    }
}
