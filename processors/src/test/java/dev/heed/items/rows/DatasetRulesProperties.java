package dev.heed.items.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.RaterStatus;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.items.ItemsPolicies;
import dev.heed.out.Delta;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.RowSource;
import dev.heed.policy.SourceCap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Over any history of judgments, consents, standings and policies, the rows that stand are those of {@link RowModel}. */
class DatasetRulesProperties {
    private static final int ITEMS = 9;
    private static final int ACTS = 60;
    private static final List<String> RATERS = List.of("rita", "sam", "ada");
    private static final List<String> CLASSES = List.of("A", "A", "B", "TIE");
    private static final List<RaterStatus> STATUSES =
            List.of(RaterStatus.ACTIVE, RaterStatus.ACTIVE, RaterStatus.PROBATION, RaterStatus.SUSPENDED);
    private static final long HASH = 0x0f1e_2d3c_4b5a_6978L;
    private static final double HOLDOUT = 0.3;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void rowsAreThoseThatFit(@ForAll long seed) {
        Random random = new Random(seed);
        RowStory story = new RowStory(HOLDOUT, rule(random));
        for (int i = 0; i < ITEMS; i++) {
            story.interaction("i" + i, hash(random), "v" + random.nextInt(2), slices(random));
        }
        int policies = 1;
        long[] epochs = new long[ITEMS];
        for (int act = 0; act < ACTS; act++) {
            int item = random.nextInt(ITEMS);
            switch (random.nextInt(8)) {
                case 0 -> story.items().consent("i" + item, 2 + epochs[item]++, random.nextInt(3) > 0);
                case 1 -> story.standing(pick(random, RATERS), pick(random, STATUSES));
                case 2 -> {
                    if (random.nextInt(3) == 0) {
                        story.inForce(++policies, rule(random));
                    }
                }
                default -> story.judge("i" + item, pick(random, RATERS), pick(random, CLASSES));
            }
        }
        story.items().check();
        new RowModel(HOLDOUT).check(story.items());
    }

    /** Whatever comes first, and whatever goes: no prompt to train on stands beside one held out that is near to it. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void noHeldOutPromptIsTrainedOn(@ForAll long seed, @ForAll @IntRange(max = NearIndex.MAX_BITS) int bits) {
        Random random = new Random(seed);
        RowStory story = new RowStory(0.5, RowStory.rule().setHoldoutBits(bits).build());
        long[] hashes = new long[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            hashes[i] = hash(random);
            story.interaction("i" + i, hashes[i], "v0");
        }
        for (int act = 0; act < ACTS; act++) {
            int item = random.nextInt(ITEMS);
            if (random.nextInt(4) == 0) {
                story.items().consent("i" + item, 2L + act, random.nextBoolean());
            } else {
                story.judge("i" + item, pick(random, RATERS), pick(random, CLASSES));
            }
            Map<Integer, Split> standing = new TreeMap<>();
            for (int i = 0; i < ITEMS; i++) {
                for (Delta row : story.items()
                        .question("i" + i, ItemsPolicies.PREFERENCE)
                        .getRows()) {
                    if (row.getOp() != RowOp.RETRACT) {
                        standing.put(i, row.getSplit());
                    }
                }
            }
            standing.forEach((a, side) -> standing.forEach((b, other) -> assertThat(side == other
                            || hashes[a] == 0
                            || hashes[b] == 0
                            || Long.bitCount(hashes[a] ^ hashes[b]) > bits)
                    .isTrue()));
        }
        story.items().check();
    }

    private static DatasetRule rule(Random random) {
        DatasetRule.Builder rule =
                random.nextInt(3) == 0 ? RowStory.balance(1 + random.nextInt(3) / 2.0, "A", "B") : RowStory.rule();
        List<SourceCap> caps = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            caps.add(new SourceCap(RowSource.MODEL, 1 + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            caps.add(new SourceCap(RowSource.SLICE, 1 + random.nextInt(3)));
        }
        return rule.setSourceCaps(caps)
                .setDuplicateBits(random.nextInt(3) == 0 ? null : random.nextInt(12))
                .setHoldoutBits(random.nextInt(3) == 0 ? null : random.nextInt(12))
                .setMinActiveLabels(random.nextInt(2) * random.nextInt(3))
                .setSuspendedLabels(random.nextBoolean())
                .setSlices(random.nextInt(4) == 0 ? List.of("maths") : List.of())
                .setSlicesOut(random.nextInt(4) == 0 ? List.of("jokes") : List.of())
                .build();
    }

    /** One of a family of which some are near each other; or none. */
    private static long hash(Random random) {
        long hash = HASH;
        for (int flips = random.nextInt(14); flips > 0; flips--) {
            hash ^= 1L << random.nextInt(Long.SIZE);
        }
        return random.nextInt(12) == 0 ? 0 : hash;
    }

    private static String[] slices(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new String[] {"maths"};
            case 1 -> new String[] {"jokes"};
            case 2 -> new String[] {"jokes", "maths"};
            default -> new String[] {};
        };
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
