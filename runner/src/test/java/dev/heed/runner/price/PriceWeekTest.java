package dev.heed.runner.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first days of a week, and the oracle by hand. */
@Tag("slow")
class PriceWeekTest {
    private static final int DAYS = 2;

    @Test
    void twoDaysAreSpentWellUnderEachCourseOfTheLoad() {
        for (LoadShape load : LoadShape.values()) {
            PriceFigures figures = PriceFigures.of(new PriceWeek(load, 1, DAYS * 24, PriceWeek.terms()));
            assertThat(figures.spentShare()).as("%s spends", load).isBetween(0.95, 1.02);
            assertThat(figures.meanValueShare()).as("%s is worth", load).isBetween(0.85, 1.0);
            assertThat(figures.breaches()).isZero();
            assertThat(figures.longestCriticalWaitMs()).isZero();
            assertThat(figures.exploredLabels()).isPositive();
        }
    }

    @Test
    void aWeekIsTheSameForTheSameSeed() {
        PriceWeek week = new PriceWeek(LoadShape.OUTBREAKS, 7, 6, PriceWeek.terms());
        assertThat(week.arrivals()).isEqualTo(new PriceWeek(LoadShape.OUTBREAKS, 7, 6, PriceWeek.terms()).arrivals());
        assertThat(week.arrivals())
                .isNotEqualTo(new PriceWeek(LoadShape.OUTBREAKS, 8, 6, PriceWeek.terms()).arrivals());
    }

    /**
     * One hour with 3 raters and a label a minute: 60 in the bucket and 120 that come in, so 180 labels at 3 a minute. 200
     * items at the start, worth 1 to 200, and one in the last minute, when 3 can still be handed out: the best 179 of the
     * first and the last one are taken, if it is worth more than the 180th.
     */
    @Test
    void theOracleTakesTheBestThatStillFits() {
        PriceWeek week = new PriceWeek(LoadShape.DAILY, 1, 1, PriceWeek.terms());
        List<PriceWeek.Arrival> arrivals = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            arrivals.add(new PriceWeek.Arrival(0, "i" + i, i, 1, false));
        }
        arrivals.add(new PriceWeek.Arrival(59 * 60_000, "late", 1_000, 1, false));
        Oracle oracle = Oracle.of(week, arrivals);
        assertThat(oracle.labels()).isEqualTo(180);
        assertThat(oracle.valueMicros()).isEqualTo(1_000 + (22 + 200) * 179 / 2.0);
    }

    /** In the last minute three raters take three labels, however many come. */
    @Test
    void theOracleCannotServeMoreThanItsStaffInTheTimeThatIsLeft() {
        PriceWeek week = new PriceWeek(LoadShape.DAILY, 1, 1, PriceWeek.terms());
        List<PriceWeek.Arrival> arrivals = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            arrivals.add(new PriceWeek.Arrival(59 * 60_000, "i" + i, i, 1, false));
        }
        assertThat(Oracle.of(week, arrivals)).isEqualTo(new Oracle(3, 10 + 9 + 8));
    }
}
