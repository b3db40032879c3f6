package dev.heed.runner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The studies of trust, small. */
class TrustStudyTest {
    @Test
    void goodRatersStayAndPoorOnesAreCaught() {
        RaterStudy.Figures figures = new RaterStudy(60, 60, 0.8, 0.3, 1).at(0.1);
        assertThat(figures.suspended()).isLessThanOrEqualTo(0.1);
        assertThat(figures.caught()).isEqualTo(1);
        assertThat(figures.caughtMedian()).isBetween(3, 12);
    }

    @Test
    void whoIsNeverCaughtCountsAsMoreThanAllGolds() {
        RaterStudy.Figures figures = new RaterStudy(20, 10, 0.6, 1, 1).at(0.1);
        assertThat(figures.caughtMedian()).isEqualTo(11);
        assertThat(figures.caught()).isZero();
    }

    @Test
    void intervalsHoldTheRatesAboutAsOftenAsTheySay() {
        DetectorStudy.Coverage coverage = new DetectorStudy(40, 1).of(new DetectorStudy.Sort(400, 0.5, 0.2, 0.2, 0.3));
        assertThat(coverage.falsePositives()).isGreaterThan(0.8);
        assertThat(coverage.falseNegatives()).isGreaterThan(0.8);
    }
}
