package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heed.SharedFiles;
import org.junit.jupiter.api.Test;

class GateTestTest {
    private static final byte[] SEED = {2};

    @Test
    void matchesTheReference() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/gate_e_process.json")) {
            GateTest test = new GateTest(
                    vector.get("margin").asDouble(),
                    vector.get("alpha").asDouble(),
                    Bets.none(),
                    0,
                    0,
                    GateTest.Verdict.INCONCLUSIVE,
                    0,
                    GateTest.Digits.ALL);
            double[] differences = Json.doubles(vector.get("differences"));
            double[][] trace = Json.matrix(vector.get("trace_every_20"));
            for (int t = 1; t <= differences.length; t++) {
                test = test.observe(differences[t - 1]);
                if (t % 20 == 0) {
                    assertWealth(test, trace[t / 20 - 1]);
                }
            }
            assertWealth(test, Json.doubles(vector.get("final")));
            assertThat(test.verdict()).hasToString(vector.get("verdict").asText());
            assertThat(test.decidedAt()).isEqualTo(vector.get("decided_at").asLong(0));
        }
    }

    private static void assertWealth(GateTest test, double[] passAndFail) {
        assertThat(StrictMath.exp(test.passLogEvidence()))
                .isCloseTo(passAndFail[0], within(1e-9 * Math.max(1, passAndFail[0])));
        assertThat(StrictMath.exp(test.failLogEvidence()))
                .isCloseTo(passAndFail[1], within(1e-9 * Math.max(1, passAndFail[1])));
    }

    @Test
    void aStoredTestIsNeverAboveTheFormulaAndHardlyBelowIt() {
        for (JsonNode vector : SharedFiles.json("reference/vectors/gate_e_process.json")) {
            GateTest exact = GateTest.start(
                    vector.get("margin").asDouble(), vector.get("alpha").asDouble(), 1);
            GateTest stored = withDigits(exact, GateTest.Digits.NANOS);
            for (double difference : Json.doubles(vector.get("differences"))) {
                exact = exact.observe(difference);
                stored = stored.observe(difference);
                assertThat(stored.passLogEvidence() - exact.passLogEvidence()).isBetween(-1e-6, 1e-9);
                assertThat(stored.failLogEvidence() - exact.failLogEvidence()).isBetween(-1e-6, 1e-9);
            }
        }
    }

    @Test
    void aTestGoesOnFromWhatWasStoredAsIfItHadNeverStopped() {
        GateTest through = withDigits(GateTest.start(0.1, 0.05, 1), GateTest.Digits.NANOS);
        GateTest again = through;
        for (int t = 0; t < 300; t++) {
            double difference = KeyedHash.unit(SEED, "d" + t) * 2 - 1;
            through = through.observe(difference);
            Bets bets = again.bets();
            again = new GateTest(
                            again.margin(),
                            again.alpha(),
                            new Bets(
                                    bets.count(),
                                    Nanos.toDouble(Nanos.of(bets.sum())),
                                    Nanos.toDouble(Nanos.of(bets.squares()))),
                            Nanos.toDouble(Nanos.of(again.passLogEvidence())),
                            Nanos.toDouble(Nanos.of(again.failLogEvidence())),
                            again.verdict(),
                            again.decidedAt(),
                            again.digits())
                    .observe(difference);
            assertThat(again).isEqualTo(through);
        }
    }

    private static GateTest withDigits(GateTest test, GateTest.Digits digits) {
        return new GateTest(
                test.margin(),
                test.alpha(),
                test.bets(),
                test.passLogEvidence(),
                test.failLogEvidence(),
                test.verdict(),
                test.decidedAt(),
                digits);
    }

    @Test
    void oneClusterByHand() {
        // δ = 0.2, m = 0.4; the first stakes are capped at 1.25 and 0.5 / 0.6; a win has x = 1.
        GateTest test = GateTest.start(0.2, 0.05, 1).observe(1);
        assertThat(StrictMath.exp(test.passLogEvidence())).isCloseTo(1 + 1.25 * 0.6, within(1e-12));
        assertThat(StrictMath.exp(test.failLogEvidence())).isCloseTo(1 - 0.5, within(1e-12));
    }

    @Test
    void missingResultsHelpNeitherVerdict() {
        GateTest test = GateTest.start(0.05, 0.05, 1);
        for (int i = 0; i < 100; i++) {
            test = test.observe(-1, 1);
        }
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.INCONCLUSIVE);
        assertThat(StrictMath.exp(test.passLogEvidence())).isLessThan(1);
        assertThat(StrictMath.exp(test.failLogEvidence())).isLessThan(1);
    }

    @Test
    void aVerdictLatches() {
        GateTest test = GateTest.start(0.1, 0.05, 1);
        for (int i = 0; i < 60; i++) {
            test = test.observe(1);
        }
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.PASS);
        long decidedAt = test.decidedAt();
        for (int i = 0; i < 200; i++) {
            test = test.observe(-1);
        }
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.PASS);
        assertThat(test.decidedAt()).isEqualTo(decidedAt);
    }

    @Test
    void aSliceAtTheMarginRarelyPasses() {
        int passed = 0;
        for (int slice = 0; slice < 1000; slice++) {
            GateTest test = GateTest.start(0.1, 0.05, 1);
            for (int t = 0; t < 300 && test.verdict() == GateTest.Verdict.INCONCLUSIVE; t++) {
                double u = KeyedHash.unit(SEED, slice + "|" + t);
                test = test.observe(u < 0.2 ? -1 : u < 0.3 ? 1 : 0);
            }
            passed += test.verdict() == GateTest.Verdict.PASS ? 1 : 0;
        }
        assertThat(passed).isLessThanOrEqualTo(50);
    }

    @Test
    void attemptsTogetherStayWithinTheLevel() {
        assertThat(GateTest.alphaForAttempt(0.05, 1)).isCloseTo(0.030396355092701332, within(1e-15));
        double spent = 0;
        for (int k = 1; k <= 10_000; k++) {
            spent += GateTest.alphaForAttempt(0.05, k);
        }
        assertThat(spent).isBetween(0.04999, 0.05);
    }

    @Test
    void noneSeenBoundsTheRateByHand() {
        // 1 - 0.05^(1/59) is the textbook 5 % at 59; one clean example alone says next to nothing.
        assertThat(GateTest.zeroToleranceBound(59, 0.05)).isCloseTo(0.0495, within(1e-4));
        assertThat(GateTest.zeroToleranceBound(1, 0.05)).isCloseTo(0.95, within(1e-15));
        assertThat(GateTest.zeroToleranceBound(0, 0.05)).isEqualTo(1);
    }

    @Test
    void failedSlicesAreNamedByHand() {
        // S = 4, α = 0.1: needed 40, 20, 13.3, 10. The third alone misses its mark, the fourth reaches its own.
        assertThat(GateTest.failedSlices(logs(11, 50, 12, 25), 0.1)).containsExactly(0, 1, 2, 3);
        assertThat(GateTest.failedSlices(logs(9, 50, 12, 25), 0.1)).containsExactly(1, 3);
        assertThat(GateTest.failedSlices(logs(9, 9, 9, 9), 0.1)).isEmpty();
        assertThat(GateTest.failedSlices(new double[0], 0.1)).isEmpty();
    }

    private static double[] logs(double... values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logs[i] = StrictMath.log(values[i]);
        }
        return logs;
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> GateTest.start(1, 0.05, 1)).hasMessageContaining("margin 1.0");
        assertThatThrownBy(() -> GateTest.start(0.1, 0.05, 1).observe(1.5)).hasMessageContaining("difference 1.5");
    }
}
