package dev.heed.queues;

import static dev.heed.queues.QueuePolicies.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.fact.BucketRefilled;
import dev.heed.policy.Pool;
import dev.heed.state.QueueBucket;
import org.junit.jupiter.api.Test;

class BucketRuleTest {
    /** A label a second, ten at most, a fifth of both for exploration. */
    private static final Pool POOL = pool("p").build();

    @Test
    void aLabelASecondIsSharedFourToOne() {
        BucketRefilled refilled = refill(POOL, bucket(0, 0), 1_000);
        assertThat(refilled.getTokensMicros()).isEqualTo(800_000);
        assertThat(refilled.getExplorationTokensMicros()).isEqualTo(200_000);
    }

    @Test
    void whatExplorationHasNoRoomForGoesToValue() {
        BucketRefilled refilled = refill(POOL, bucket(0, 1_900_000), 1_000);
        assertThat(refilled.getExplorationTokensMicros()).isEqualTo(2_000_000);
        assertThat(refilled.getTokensMicros()).isEqualTo(800_000 + 100_000);
        assertThat(refill(POOL, bucket(7_900_000, 2_000_000), 1_000).getTokensMicros())
                .isEqualTo(8_000_000);
    }

    @Test
    void anOutageIsNoGiantInterval() {
        Pool large = pool("p").setBucketCapacity(100_000).build();
        BucketRefilled refilled = refill(large, bucket(0, 0), 3_600_000);
        assertThat(refilled.getElapsedMs()).isEqualTo(BucketRule.MAX_ELAPSED_MS);
        assertThat(refilled.getTokensMicros() + refilled.getExplorationTokensMicros())
                .isEqualTo(60_000_000);
    }

    @Test
    void aLabelThatTakesLongerThanTheCapStillComes() {
        Pool slow = pool("p").setBudgetPerHour(1).build();
        BucketRefilled refilled = refill(slow, bucket(0, 0), 6 * 3_600_000);
        assertThat(refilled.getExplorationTokensMicros()).isEqualTo(1_000_000);
    }

    @Test
    void onlyAWholeLabelMoreOrAFullLaneIsWorthAFact() {
        assertThat(matters(bucket(0, 0), 1_000)).isFalse();
        assertThat(matters(bucket(0, 0), 1_250)).isTrue();
        assertThat(matters(bucket(7_500_000, 0), 700)).isTrue();
        assertThat(matters(bucket(8_000_000, 2_000_000), 5_000)).isFalse();
        assertThat(matters(bucket(0, 0), 0)).isFalse();
    }

    @Test
    void aSmallerBucketSpillsOver() {
        Pool smaller = pool("p").setBucketCapacity(5).build();
        BucketRefilled refilled = refill(smaller, bucket(8_000_000, 2_000_000), 1);
        assertThat(refilled.getTokensMicros()).isEqualTo(4_000_000);
        assertThat(refilled.getExplorationTokensMicros()).isEqualTo(1_000_000);
        assertThat(BucketRule.matters(smaller, bucket(8_000_000, 2_000_000), refilled))
                .isTrue();
    }

    @Test
    void noBudgetAndNoTimeMakeItOverflow() {
        assertThat(BucketRule.gain(Integer.MAX_VALUE * 1_000_000L, Long.MAX_VALUE))
                .isPositive();
        assertThat(BucketRule.gain(1, Long.MAX_VALUE)).isPositive();
        assertThat(BucketRule.gain(3_600_000_000L, 1_500)).isEqualTo(1_500_000);
    }

    @Test
    void everyLaneHasRoomForOneLabelWhereThereIsRoomForTwo() {
        PoolShares tiny =
                PoolShares.of(pool("p").setBucketCapacity(2).setQueueCapacity(2).build());
        assertThat(tiny.explorationRoomMicros()).isEqualTo(1_000_000);
        assertThat(tiny.valueRoomMicros()).isEqualTo(1_000_000);
        assertThat(tiny.explorationTasks()).isEqualTo(1);
        assertThat(tiny.valueTasks()).isEqualTo(1);
        PoolShares one =
                PoolShares.of(pool("p").setBucketCapacity(1).setQueueCapacity(1).build());
        assertThat(one.explorationRoomMicros()).isZero();
        assertThat(one.explorationTasks()).isZero();
        assertThat(one.explorationPerHourMicros()).isZero();
        assertThat(one.valuePerHourMicros()).isEqualTo(3_600_000_000L);
    }

    private static boolean matters(QueueBucket bucket, long nowMs) {
        return BucketRule.matters(POOL, bucket, refill(POOL, bucket, nowMs));
    }

    private static BucketRefilled refill(Pool pool, QueueBucket bucket, long nowMs) {
        return BucketRule.refill(pool, bucket, nowMs);
    }

    private static QueueBucket bucket(long tokensMicros, long explorationTokensMicros) {
        return new QueueBucket(tokensMicros, explorationTokensMicros, 0L, 0L, 0L);
    }
}
