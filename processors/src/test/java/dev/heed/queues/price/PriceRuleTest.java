package dev.heed.queues.price;

import static dev.heed.queues.QueuePolicies.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.policy.Pool;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueStaff;
import org.junit.jupiter.api.Test;

class PriceRuleTest {
    /** Floor 1 000, a fifth of the way per tick, at most a tenth of the price per tick. */
    private static final Pool POOL = pool("p").build();

    @Test
    void theRankIsWhatBudgetAndStaffAllow() {
        // 0.8 labels a second over 600 s, and the 5 saved up.
        QueueBucket bucket = new QueueBucket(5_000_000L, 0L, 0L, 0L, 0L);
        assertThat(PriceRule.rank(POOL, bucket, new QueueStaff(0L, 0L))).isEqualTo(485);
        assertThat(PriceRule.rank(POOL, bucket, new QueueStaff(6L, 0L))).isEqualTo(485);
        // Six at once, half a minute each: 120 in 600 s.
        assertThat(PriceRule.rank(POOL, bucket, new QueueStaff(6L, 30_000L))).isEqualTo(120);
    }

    @Test
    void aStepIsSmoothedAndBounded() {
        assertThat(PriceRule.next(POOL, 100_000, 120_000)).isEqualTo(104_000);
        assertThat(PriceRule.next(POOL, 100_000, 1_000_000)).isEqualTo(110_000);
        assertThat(PriceRule.next(POOL, 100_000, 80_000)).isEqualTo(96_000);
        assertThat(PriceRule.next(POOL, 100_000, 0)).isEqualTo(90_000);
    }

    @Test
    void aChangeTooSmallToTellIsNone() {
        assertThat(PriceRule.next(POOL, 100_000, 100_400)).isEqualTo(100_000);
        assertThat(PriceRule.next(POOL, 100_000, 100_600)).isEqualTo(100_500);
    }

    @Test
    void theFloorHoldsAndIsReached() {
        assertThat(PriceRule.next(POOL, 500, 0)).isEqualTo(1_000);
        assertThat(PriceRule.next(POOL, 1_003, 0)).isEqualTo(1_000);
        long price = 1_000_000;
        int ticks = 0;
        while (price > 1_000) {
            price = PriceRule.next(POOL, price, 0);
            assertThat(++ticks).isLessThan(200);
        }
        assertThat(PriceRule.next(POOL, 1_000, 0)).isEqualTo(1_000);
    }

    @Test
    void aPriceOfNothingCanRise() {
        Pool free = pool("p").setMinPriceMicros(0).build();
        long price = 0;
        for (int tick = 0; tick < 200; tick++) {
            price = PriceRule.next(free, price, 1_000_000);
        }
        assertThat(price).isBetween(990_000L, 1_000_000L);
    }

    @Test
    void theSmallestStepAPolicyAllowsIsStillTaken() {
        Pool careful = pool("p").setMaxPriceStepMicros(1).build();
        assertThat(PriceRule.next(careful, 100_000, 200_000)).isEqualTo(100_001);
    }
}
