package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ZeroToleranceTest {
    @Test
    void fiftyNineCleanClustersByHand() {
        // The textbook case: none in 59 bounds the rate by 5 % at a level of 5 %, none in 58 does not.
        ZeroTolerance test = ZeroTolerance.start(0.05, 0.05);
        for (int n = 1; n <= 58; n++) {
            test = test.observe(false, true);
        }
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.INCONCLUSIVE);
        test = test.observe(false, true);
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.PASS);
        assertThat(test.passLogEvidence()).isCloseTo(-59 * StrictMath.log(0.95), within(1e-6));
        assertThat(GateTest.zeroToleranceBound(59, 0.05)).isLessThanOrEqualTo(0.05);
        assertThat(GateTest.zeroToleranceBound(58, 0.05)).isGreaterThan(0.05);
    }

    @Test
    void aViolationIsCertain() {
        ZeroTolerance test =
                ZeroTolerance.start(0.05, 0.05).observe(false, true).observe(true, true);
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.FAIL);
        assertThat(test.failLogEvidence()).isEqualTo(ZeroTolerance.CERTAIN);
        assertThat(test.passLogEvidence()).isEqualTo(ZeroTolerance.NEVER);
    }

    @Test
    void whatIsMissingNeitherPassesNorFails() {
        ZeroTolerance test = ZeroTolerance.start(0.05, 0.05).observe(false, false);
        for (int n = 0; n < 500; n++) {
            test = test.observe(false, true);
        }
        assertThat(test.verdict()).isEqualTo(GateTest.Verdict.INCONCLUSIVE);
        assertThat(test.failLogEvidence()).isZero();
    }

    @Test
    void aSliceAtTheRateRarelyPasses() {
        int passed = 0;
        for (int slice = 0; slice < 2_000; slice++) {
            ZeroTolerance test = ZeroTolerance.start(0.05, 0.1);
            for (int n = 0; test.verdict() == GateTest.Verdict.INCONCLUSIVE; n++) {
                test = test.observe(KeyedHash.unit(new byte[] {3}, slice + "|" + n) < 0.05, true);
            }
            passed += test.verdict() == GateTest.Verdict.PASS ? 1 : 0;
        }
        // 0.95^45, the first n with 0.95^n ≤ 0.1, is 0.0994.
        assertThat(passed / 2_000.0).isCloseTo(0.0994, within(0.02));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> ZeroTolerance.start(0, 0.05)).hasMessageContaining("largest rate 0.0");
        assertThatThrownBy(() -> ZeroTolerance.start(0.1, 1)).hasMessageContaining("alpha 1.0");
    }
}
