package dev.heed.calibration.agreement;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.rating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.Channel;
import dev.heed.event.FeedbackKind;
import dev.heed.fact.AgreementReported;
import dev.heed.fact.ClassAgreement;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private final CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void agreementByHand() {
        trial.submit("a", human("a1", "anna", "ok"), human("a2", "ben", "ok"));
        trial.submit("b", human("b1", "anna", "bad"), human("b2", "ben", "ok"));
        trial.submit("c", human("c1", "anna", "bad"), human("c2", "ben", "bad"));
        // o = ((2, 1), (1, 2)): 6 values, 3 of each class; D_o = 2/6, D_e = 18/30.
        assertThat(trial.agreement().alpha().orElseThrow()).isCloseTo(1 - (2.0 / 6) / (18.0 / 30), within(1e-12));
        assertThat(trial.agreement().units()).isEqualTo(3);
        assertThat(trial.agreement().labels()).isEqualTo(6);
    }

    @Test
    void lonelyLabelsAndMachinesDoNotAgreeWithAnyone() {
        trial.submit("a", human("a1", "anna", "ok"), detector("s1", "filter", "", "ok"));
        assertThat(trial.agreement().alpha()).isEmpty();
        assertThat(trial.agreement().units()).isZero();
        assertThat(trial.agreement().labels()).isZero();
        assertThat(trial.stage().tickAfter(60_000)).noneMatch(AgreementReported.class::isInstance);
    }

    @Test
    void aRevisionAndAWithdrawalAreTakenBackExactly() {
        trial.submit("a", human("a1", "anna", "ok"), human("a2", "ben", "bad"));
        trial.submit("b", human("b1", "anna", "bad"), human("b2", "ben", "bad"));
        Agreement before = trial.agreement();
        trial.submit("a", human("a3", "carl", "bad"));
        trial.submit("a", human("a4", "anna", "bad"));
        trial.submit("a", human("a5", "anna", "ok"));
        assertThat(trial.agreement()).isNotEqualTo(before);
        trial.withdraw("a", "a3");
        assertThat(trial.agreement()).isEqualTo(before);
    }

    @Test
    void agreementIsReportedWhenItChangedButNotTooOften() {
        trial.submit("a", human("a1", "anna", "ok"), human("a2", "ben", "ok"));
        trial.stage().tickAfter(1_000);
        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.getAlphaMicros()).isNull();
            assertThat(report.getUnits()).isEqualTo(1);
        });
        trial.submit("b", human("b1", "anna", "bad"), human("b2", "ben", "bad"));
        trial.stage().tickAfter(AgreementFeature.REPORT_INTERVAL_MS - 1);
        assertThat(reports()).hasSize(1);
        trial.stage().tickAfter(1);
        assertThat(reports()).last().satisfies(report -> assertThat(report.getAlphaMicros())
                .isEqualTo(1_000_000L));
        trial.stage().tickAfter(AgreementFeature.REPORT_INTERVAL_MS);
        assertThat(reports()).hasSize(2);
    }

    @Test
    void aReportSaysEachClassAndTheExploredItemsOnTheirOwn() {
        trial.submit("a", human("a1", "anna", "ok"), human("a2", "ben", "ok"));
        trial.submit("b", 250_000, human("b1", "anna", "bad"), human("b2", "ben", "ok"));
        trial.submit("c", 250_000, human("c1", "anna", "bad"), human("c2", "ben", "bad"));
        trial.stage().tickAfter(1_000);
        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.getMetric()).isEqualTo("nominal");
            assertThat(report.getClasses())
                    .extracting(ClassAgreement::getClassName)
                    .containsExactly("ok", "bad");
            // Of two classes, each against the rest is the same question.
            assertThat(report.getClasses())
                    .extracting(ClassAgreement::getAlphaMicros)
                    .containsOnly(report.getAlphaMicros());
            assertThat(report.getUnits()).isEqualTo(3);
            // o = ((0, 1), (1, 2)): D_o = 2/4, D_e = 2 · 1 · 3 / 12.
            assertThat(report.getExploredAlphaMicros()).isZero();
            assertThat(report.getExploredUnits()).isEqualTo(2);
            assertThat(report.getExploredLabels()).isEqualTo(4);
        });
        assertThat(trial.stage().sent(Channel.AGREEMENT)).singleElement().satisfies(sent -> assertThat(sent.key())
                .isEqualTo(CalibrationTrial.QUESTION));
        trial.withdraw("b", "b1");
        assertThat(Agreement.explored(trial.stage().state(), CalibrationTrial.QUESTION, false)
                        .units())
                .isEqualTo(1);
    }

    @Test
    void classesInAnOrderAreFurtherApartTheMoreLiesBetween() {
        CalibrationTrial ordered = new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, List.of("low", "mid", "high")))
                        .setOrdinal(true)
                        .build());
        ordered.submit("a", human("a1", "anna", "low"), human("a2", "ben", "mid"));
        ordered.submit("b", human("b1", "anna", "high"), human("b2", "ben", "high"));
        ordered.stage().tickAfter(1_000);
        // n = (1, 1, 2): δ²(low, mid) = (2 − 1)² = 1, δ²(low, high) = (4 − 1.5)² = 6.25, δ²(mid, high) = (3 − 1.5)² =
        // 2.25; D_o = 2 · 1 / 4, D_e = 2 (1 + 2 · 6.25 + 2 · 2.25) / 12 = 3.
        assertThat(ordered.stage().facts(AgreementReported.class))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.getMetric()).isEqualTo("ordinal");
                    assertThat(report.getAlphaMicros()).isEqualTo(833_333);
                });
        ordered.check();
    }

    @Test
    void numbersAreApartByTheirDifference() {
        CalibrationTrial rated = new CalibrationTrial(
                Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, List.of("low", "high")))
                        .setKind(FeedbackKind.RATING)
                        .setRating(new RatingScale(-1_000_000L, 3_000_000L, 1_000_000L))
                        .build());
        rated.submit("a", rating("a1", "anna", "low", -1_000_000), rating("a2", "ben", "low", 0));
        rated.submit("b", rating("b1", "anna", "high", 3_000_000), rating("b2", "ben", "high", 3_000_000));
        // Steps 0, 1, 4, 4: D_o = 2 · 1 / 4, D_e = Σ (x − y)² / 12 = 2 · (4 · 33 − 81) / 12 = 8.5.
        assertThat(rated.agreement().alpha().orElseThrow()).isCloseTo(1 - 0.5 / 8.5, within(1e-12));
        Agreement before = rated.agreement();
        rated.submit("a", rating("a3", "carl", "high", 3_000_000));
        rated.submit("a", rating("a4", "anna", "low", 0));
        rated.submit("a", rating("a5", "anna", "low", -1_000_000));
        rated.withdraw("a", "a3");
        assertThat(rated.agreement()).isEqualTo(before);
        rated.check();
    }

    private List<AgreementReported> reports() {
        return trial.stage().facts(AgreementReported.class);
    }
}
