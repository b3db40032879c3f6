package dev.heed;

import dev.heed.event.Dataset;
import dev.heed.policy.ClassBalance;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules of the preference dataset, and prompts, for histories that are drawn. */
public final class RandomDatasets {
    private static final long HASH = 0x0f1e_2d3c_4b5a_6978L;

    private RandomDatasets() {}

    /** A rule that counts rows in some ways or none. */
    public static DatasetRule.Builder rule(Random random) {
        List<SourceCap> caps = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            caps.add(new SourceCap(RowSource.MODEL, 1 + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            caps.add(new SourceCap(RowSource.SLICE, 1 + random.nextInt(3)));
        }
        ClassBalance balance = new ClassBalance(List.of("A", "B"), 1_000_000L + 500_000L * random.nextInt(3));
        return DatasetRule.newBuilder()
                .setDataset(Dataset.PREFERENCE)
                .setSourceCaps(caps)
                .setClassBalance(random.nextInt(3) == 0 ? balance : null)
                .setDuplicateBits(random.nextInt(3) == 0 ? null : random.nextInt(12))
                .setHoldoutBits(random.nextInt(3) == 0 ? null : random.nextInt(12));
    }

    /** A similarity hash of a family of which some are near each other; or none. */
    public static long hash(Random random) {
        long hash = HASH;
        for (int flips = random.nextInt(14); flips > 0; flips--) {
            hash ^= 1L << random.nextInt(Long.SIZE);
        }
        return random.nextInt(12) == 0 ? 0 : hash;
    }
}
