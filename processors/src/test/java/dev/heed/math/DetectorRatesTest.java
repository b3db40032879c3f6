package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import org.junit.jupiter.api.Test;

class DetectorRatesTest {
    private static final double Z = DetectorRates.Z_95;
    private static final byte[] SEED = {3};

    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/detector_rates.json")) {
            DetectorRates rates = DetectorRates.none();
            for (JsonNode row : vector.get("rows")) {
                rates = rates.plus(
                        row.get("flagged").asBoolean(),
                        row.get("violation").asBoolean(),
                        Micros.of(row.get("propensity").asDouble()));
            }
            assertThat(estimate(rates.prevalence(Z, 100_000).orElseThrow()))
                    .isCloseTo(vector.get("prevalence").asDouble(), within(1e-9));
            assertThat(estimate(rates.falsePositives(Z, 100_000).orElseThrow()))
                    .isCloseTo(vector.get("false_positive_rate").asDouble(), within(1e-9));
            assertThat(estimate(rates.falseNegatives(Z, 100_000).orElseThrow()))
                    .isCloseTo(vector.get("false_negative_rate").asDouble(), within(1e-9));
        }
    }

    private static double estimate(DetectorRates.Rate rate) {
        assertThat(rate.estimate()).isBetween(rate.low(), rate.high());
        return rate.estimate();
    }

    @Test
    void anExploredMissCountsForAllItStandsFor() {
        DetectorRates rates = DetectorRates.none()
                .plus(true, true, Micros.ONE)
                .plus(true, true, Micros.ONE)
                .plus(false, true, 100_000);
        DetectorRates.Rate missed = rates.falseNegatives(Z, 100_000).orElseThrow();
        assertThat(missed.estimate()).isCloseTo(10 / 12.0, within(1e-12));
        assertThat(missed.count()).isEqualTo(3);
        assertThat(rates.falsePositives(Z, 100_000)).isEmpty();
    }

    @Test
    void intervalOfEquallyLikelyItemsIsWilsons() {
        // 1 of 10: the textbook interval is 0.0179 to 0.4042.
        DetectorRates rates = DetectorRates.none().plus(true, false, Micros.ONE);
        for (int i = 0; i < 9; i++) {
            rates = rates.plus(false, false, Micros.ONE);
        }
        DetectorRates.Rate flagged = rates.falsePositives(Z, Micros.ONE).orElseThrow();
        assertThat(flagged.low()).isCloseTo(0.0179, within(1e-4));
        assertThat(flagged.high()).isCloseTo(0.4042, within(1e-4));
    }

    @Test
    void seeingNoMissAmongFlaggedItemsProvesLittle() {
        DetectorRates rates = DetectorRates.none();
        for (int i = 0; i < 20; i++) {
            rates = rates.plus(true, true, Micros.ONE);
        }
        assertThat(rates.falseNegatives(Z, Micros.ONE).orElseThrow().high()).isLessThan(0.2);
        assertThat(rates.falseNegatives(Z, 50_000).orElseThrow().high()).isGreaterThan(0.75);
    }

    @Test
    void takingBackIsExact() {
        DetectorRates before = DetectorRates.none().plus(true, true, 333_333).plus(false, false, 70_001);
        assertThat(before.plus(false, true, 123_457).minus(false, true, 123_457))
                .isEqualTo(before);
    }

    @Test
    void intervalHoldsTheTruthAboutAsOftenAsItSays() {
        // Detector misses 15 %; flagged items are always judged, missed ones one time in ten.
        int held = 0;
        for (int run = 0; run < 500; run++) {
            DetectorRates rates = DetectorRates.none();
            for (int i = 0; i < 400; i++) {
                boolean flagged = KeyedHash.unit(SEED, run + "|flag|" + i) >= 0.15;
                if (flagged || KeyedHash.unit(SEED, run + "|explore|" + i) < 0.1) {
                    rates = rates.plus(flagged, true, flagged ? Micros.ONE : 100_000);
                }
            }
            DetectorRates.Rate missed = rates.falseNegatives(Z, 100_000).orElseThrow();
            held += missed.low() <= 0.15 && 0.15 <= missed.high() ? 1 : 0;
        }
        assertThat(held).isGreaterThan(455);
    }

    @Test
    void aPropensityThatCannotBeIsRefused() {
        assertThatThrownBy(() -> DetectorRates.none().plus(true, true, 0)).hasMessageContaining("propensity 0");
        assertThatThrownBy(() -> DetectorRates.none().plus(true, true, 1_000_001))
                .hasMessageContaining("propensity 1000001");
    }
}
