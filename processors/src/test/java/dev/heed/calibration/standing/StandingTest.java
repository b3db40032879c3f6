package dev.heed.calibration.standing;

import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.rule;
import static dev.heed.calibration.CalibrationTrial.tested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.event.RaterStatus;
import dev.heed.fact.EventRefused;
import dev.heed.fact.FirstLabelScored;
import dev.heed.fact.GoldRescored;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Nanos;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final int DAY_MS = 86_400_000;

    private final CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void withoutARuleNobodyIsTested() {
        for (int i = 0; i < 30; i++) {
            trial.blind("gold-" + i, "anna", false);
        }
        assertThat(trial.stage().facts(FirstLabelScored.class)).isEmpty();
        assertThat(trial.stage().facts(StandingChanged.class)).isEmpty();
    }

    @Test
    void aRaterWhoIsAlwaysWrongIsSuspendedAndEverybodyIsTold() {
        trial.trust(rule().build());
        int golds = untilSuspended("anna");

        // Level 0.05: 1/α is 20. The first stake is its cap, 0.5/0.2 = 2.5, and a wrong answer multiplies the evidence
        // by 1 + 2.5·0.8 = 3; so do the second and third, and 3^2 < 20 <= 3^3.
        assertThat(golds).isEqualTo(3);
        StandingChanged suspension = last();
        assertThat(suspension.getCause()).isEqualTo("evidence");
        assertThat(suspension.getPrevious()).isEqualTo(RaterStatus.ACTIVE);
        assertThat(suspension.getEvidence().getAnswers()).isEqualTo(3);
        assertThat(suspension.getEvidence().getRight()).isZero();
        // Rounded down to a billionth after each of three answers, so never more than the formula gives.
        assertThat(Nanos.toDouble(suspension.getEvidence().getLogEvidenceNanos()))
                .isCloseTo(3 * Math.log(3), within(3e-9))
                .isLessThanOrEqualTo(3 * Math.log(3));
        assertThat(Nanos.toDouble(suspension.getLogThresholdNanos())).isCloseTo(Math.log(20), within(1e-9));

        RaterStanding told =
                new RaterStanding("anna", "violation", dev.heed.event.RaterKind.HUMAN, RaterStatus.SUSPENDED, 1, 2L);
        assertThat(trial.stage().sent(Channel.RATER_STANDINGS)).last().satisfies(sent -> {
            assertThat(sent.key()).isEqualTo("violation|anna");
            assertThat(sent.value()).isEqualTo(told);
        });
        Outgoing toItems = lastOf(Channel.ITEMS_JOURNAL, 0);
        assertThat(toItems.destination()).isEqualTo(Destination.ALL_PARTITIONS);
        assertThat(((ItemsEvent) Objects.requireNonNull(toItems.value())).getStanding())
                .isEqualTo(told);
        Outgoing toQueues = lastOf(Channel.QUEUES_JOURNAL, 0);
        assertThat(toQueues.destination()).isEqualTo(Destination.ALL_PARTITIONS);
        assertThat(((QueuesEvent) Objects.requireNonNull(toQueues.value())).getStanding())
                .isEqualTo(told);
    }

    @Test
    void whoMeetsTheRequirementStays() {
        trial.trust(rule().build());
        for (int i = 0; i < 100; i++) {
            trial.blind("gold-" + i, "anna", i % 5 != 0);
        }
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
        assertThat(trial.track("anna").getGold().getRight()).isEqualTo(80);
    }

    @Test
    void onlyTheFirstBlindLabelAfterTheAnswerWasKnownIsScored() {
        trial.trust(rule().build());
        // Asked without a lease: not blind.
        trial.gold("seen", "bad");
        trial.submit("seen", human("l1", "anna", "ok"));
        // Blind, and the answer came afterwards: disputed items are settled, not easy ones.
        trial.submit("settled", blindLabel("l2", "anna", "ok"));
        trial.gold("settled", "bad");
        // Blind, and then revised.
        trial.gold("revised", "bad");
        trial.submit("revised", blindLabel("l3", "anna", "bad"));
        trial.submit("revised", blindLabel("l4", "anna", "ok"));
        // The second time on an item that was labelled before its answer was known.
        trial.submit("settled", blindLabel("l5", "anna", "bad"));

        assertThat(trial.track("anna").getOutcomes()).isEqualTo("1");
        assertThat(trial.track("anna").getGold().getAnswers()).isEqualTo(1);
    }

    @Test
    void anAnswerUnderASupersededRubricTestsNobody() {
        trial.trust(rule().build());
        for (int i = 0; i < 9; i++) {
            trial.gold("gold-" + i, "bad");
        }
        trial.rubric("2");
        // All who follow the new rubric say ok, before and after the items were gone over; who reads the old one is
        // late.
        for (int i = 0; i < 3; i++) {
            trial.submit("gold-" + i, tested("2", "l" + i, "anna", "ok"));
            trial.submit("gold-" + i, tested("1", "m" + i, "ben", "ok"));
        }
        trial.stage().tickAfter(1_000);
        for (int i = 3; i < 9; i++) {
            trial.submit("gold-" + i, tested("2", "l" + i, "anna", "ok"));
        }
        assertThat(trial.stage().facts(FirstLabelScored.class)).allMatch(scored -> scored.getGoldRight() == null);
        assertThat(trial.stage().facts(StandingChanged.class))
                .noneMatch(changed -> changed.getStanding().getStatus() == RaterStatus.SUSPENDED);
        // An answer given anew under the new rubric takes its place.
        trial.gold("fresh", "ok");
        trial.submit("fresh", tested("2", "l9", "cem", "ok"));
        assertThat(trial.track("cem").getOutcomes()).isEqualTo("1");
    }

    @Test
    void whatWasSaidUnderTheOldRubricIsNotHeldAgainstTheNewAnswer() {
        trial.trust(rule().build());
        for (int i = 0; i < 3; i++) {
            trial.gold("gold-" + i, "bad");
            trial.submit("gold-" + i, tested("1", "l" + i, "anna", "bad"));
        }
        trial.rubric("2");
        for (int i = 0; i < 3; i++) {
            trial.gold("gold-" + i, "ok");
        }
        assertThat(trial.stage().facts(GoldRescored.class)).isEmpty();
        assertThat(trial.track("anna").getOutcomes()).isEqualTo("111");
        // One that the policy calls comparable is corrected as ever.
        trial.rubric("3", "2");
        trial.submit("gold-0", tested("2", "m0", "ben", "ok"));
        trial.gold("gold-0", "bad");
        assertThat(trial.stage().facts(GoldRescored.class))
                .extracting(GoldRescored::getRaterId)
                .containsExactly("ben");
    }

    @Test
    void correctedGoldIsScoredAsIfItHadBeenRightFromTheStart() {
        trial.trust(rule().build());
        for (int i = 0; i < 6; i++) {
            trial.blind("gold-" + i, "anna", i != 1);
        }
        trial.gold("gold-1", "ok");
        assertThat(trial.track("anna").getOutcomes()).isEqualTo("111111");
        CalibrationTrial other = new CalibrationTrial();
        other.trust(rule().build());
        for (int i = 0; i < 6; i++) {
            other.blind("gold-" + i, "anna", true);
        }
        assertThat(trial.track("anna").getGold()).isEqualTo(other.track("anna").getGold());
        assertThat(trial.stage().facts(GoldRescored.class)).singleElement().satisfies(fact -> assertThat(fact.getGold())
                .isEqualTo(trial.track("anna").getGold()));
    }

    @Test
    void whoWasSuspendedByAWrongAnswerKeyIsActiveAgainInTheSameEpisode() {
        trial.trust(rule().build());
        untilSuspended("anna");
        trial.gold("gold-0", "ok");
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
        assertThat(last().getCause()).isEqualTo("gold_corrected");
        assertThat(trial.track("anna").getStanding().getEpisode()).isEqualTo(1);
        // And a correction can suspend.
        trial.gold("gold-0", "bad");
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.SUSPENDED);
        trial.stage().tickAfter(DAY_MS);
        assertThat(trial.track("anna").getStanding().getEpisode()).isEqualTo(2);
    }

    @Test
    void answersBeyondTheMemoryStayAsTheyWereCounted() {
        trial.trust(rule().setOutcomeMemory(10).setProbationGolds(5).build());
        for (int i = 0; i < 14; i++) {
            trial.blind("gold-" + i, "anna", i % 7 != 0);
        }
        assertThat(trial.track("anna").getOutcomes()).isEqualTo("1110111111");
        assertThat(trial.track("anna").getFirstSequence()).isEqualTo(4);
        var before = trial.track("anna").getGold();
        trial.gold("gold-0", "ok");
        assertThat(trial.track("anna").getGold()).isEqualTo(before);
        trial.gold("gold-7", "ok");
        assertThat(trial.track("anna").getOutcomes()).isEqualTo("1111111111");
        assertThat(trial.track("anna").getGold().getAnswers()).isEqualTo(14);
        assertThat(trial.track("anna").getGold().getRight()).isEqualTo(13);
    }

    @Test
    void aNewRaterIsOnboardedByEnoughRightGolds() {
        trial.trust(rule().setOnboardingGolds(5).setEntryAccuracyMicros(600_000).build());
        trial.submit("chat", human("l1", "anna", "ok"));
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ONBOARDING);
        trial.blind("g1", "anna", false);
        trial.blind("g2", "anna", true);
        trial.blind("g3", "anna", false);
        trial.blind("g4", "anna", true);
        trial.blind("g5", "anna", false);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ONBOARDING);
        // The latest five: true, false, true, false, true.
        trial.blind("g6", "anna", true);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
        assertThat(last().getCause()).isEqualTo("entry_passed");
        assertThat(last().getEntryRight()).isEqualTo(3);
        assertThat(last().getEntryGolds()).isEqualTo(5);
    }

    @Test
    void aSuspensionEndsByItselfAndTheRaterBeginsAnewWithWhatIsLeftOfTheLevel() {
        trial.trust(rule().setOnboardingGolds(2)
                .setProbationGolds(2)
                .setEntryAccuracyMicros(1_000_000)
                .build());
        trial.blind("a", "anna", true);
        trial.blind("b", "anna", true);
        untilSuspended("anna");
        trial.stage().tickAfter(DAY_MS - 1);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.SUSPENDED);
        trial.stage().tickAfter(1);

        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ONBOARDING);
        assertThat(last().getCause()).isEqualTo("suspension_over");
        assertThat(trial.track("anna").getStanding().getEpisode()).isEqualTo(2);
        assertThat(trial.track("anna").getGold().getAttempt()).isEqualTo(2);
        assertThat(trial.track("anna").getGold().getAnswers()).isZero();
        // 6·0.05/(π²·4)
        assertThat(Nanos.toDouble(last().getLogThresholdNanos()))
                .isCloseTo(Math.log(4 * Math.PI * Math.PI / 0.3), within(1e-9));
        trial.blind("c", "anna", true);
        trial.blind("d", "anna", true);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.PROBATION);
        trial.blind("e", "anna", true);
        trial.blind("f", "anna", true);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
    }

    @Test
    void aPersonMayEndASuspensionOnce() {
        trial.trust(rule().setSuspensionMs(0).build());
        untilSuspended("anna");
        trial.stage().tickAfter(10L * DAY_MS);
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.SUSPENDED);
        trial.reinstate("r1", "anna");
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.PROBATION);
        assertThat(last().getActor()).isEqualTo("lead");
        trial.reinstate("r2", "anna");
        assertThat(trial.stage().facts(EventRefused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.getReasonCode()).isEqualTo("not_suspended"));
    }

    @Test
    void anotherRequirementBeginsAnotherTest() {
        trial.trust(rule().build());
        trial.blind("a", "anna", false);
        trial.blind("b", "anna", false);
        trial.trust(rule().setRequiredAccuracyMicros(900_000).build());
        trial.blind("c", "anna", true);
        assertThat(trial.track("anna").getGold().getAttempt()).isEqualTo(2);
        assertThat(trial.track("anna").getGold().getAnswers()).isEqualTo(1);
        // What is no part of the present test can still be corrected, and changes nothing in it.
        var test = trial.track("anna").getGold();
        trial.gold("a", "ok");
        assertThat(trial.track("anna").getOutcomes()).isEqualTo("101");
        assertThat(trial.track("anna").getGold()).isEqualTo(test);
    }

    private int untilSuspended(String rater) {
        int golds = 0;
        do {
            trial.blind("gold-" + golds, rater, false);
            golds++;
        } while (trial.status(rater) != RaterStatus.SUSPENDED);
        return golds;
    }

    private StandingChanged last() {
        List<StandingChanged> changes = trial.stage().facts(StandingChanged.class);
        return changes.get(changes.size() - 1);
    }

    private Outgoing lastOf(Channel channel, int back) {
        List<Outgoing> sent = trial.stage().sent(channel);
        return sent.get(sent.size() - 1 - back);
    }

    private static SubmittedLabel blindLabel(String labelId, String rater, String said) {
        SubmittedLabel label = human(labelId, rater, said);
        label.setBlind(true);
        return label;
    }
}
