package dev.heed.runner.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriftStudyTest {
    @Test
    void eachTestIsSimulatedWithAndWithoutDrift() {
        DriftFigures figures = DriftFigures.of(new DriftStudy(3, 3, 1));
        assertThat(figures.nulls()).hasSize(7);
        double stated = figures.nulls().stream()
                .mapToDouble(DriftStudy.NullFigure::stated)
                .sum();
        assertThat(figures.nulls().stream()
                        .mapToLong(DriftStudy.NullFigure::alarms)
                        .sum())
                .isLessThanOrEqualTo((long) stated);
        assertThat(figures.shifts()).hasSize(7).allSatisfy(figure -> {
            assertThat(figure.namedRightly()).isGreaterThanOrEqualTo(2);
            assertThat(figure.medianDelay()).isPositive();
        });
        assertThat(figures.text()).contains("RUBRIC_DRIFT", "single rater: 1 of 8 raters");
        assertThat(figures.json().at("/shift/0/share_named_rightly").asDouble())
                .isEqualTo(figures.shifts().get(0).share());
    }
}
