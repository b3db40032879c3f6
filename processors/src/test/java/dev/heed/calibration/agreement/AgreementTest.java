package dev.heed.calibration.agreement;

import static dev.heed.calibration.CalibrationTrial.detector;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.fact.AgreementReported;
import java.util.List;
import java.util.OptionalDouble;
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
        assertThat(trial.agreement()).isEqualTo(new Agreement(CalibrationTrial.QUESTION, OptionalDouble.empty(), 0, 0));
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

    private List<AgreementReported> reports() {
        return trial.stage().facts(AgreementReported.class);
    }
}
