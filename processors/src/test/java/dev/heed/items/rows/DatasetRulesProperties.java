package dev.heed.items.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.RandomDatasets;
import dev.heed.event.RaterStatus;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.RowClaim;
import dev.heed.fact.RowSeat;
import dev.heed.items.ItemsPolicies;
import dev.heed.out.Delta;
import dev.heed.policy.DatasetRule;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Over any history of judgments, consents, standings and policies, in any order in which partitions of items and their
 * dataset hear of each other: the rows that stand are those that their items want and their dataset has given a seat.
 */
class DatasetRulesProperties {
    private static final int PARTITIONS = 3;
    private static final int ITEMS = 12;
    private static final int ACTS = 60;
    private static final List<String> RATERS = List.of("rita", "sam", "ada");
    private static final List<String> CLASSES = List.of("A", "A", "B", "TIE");
    private static final List<RaterStatus> STATUSES =
            List.of(RaterStatus.ACTIVE, RaterStatus.ACTIVE, RaterStatus.PROBATION, RaterStatus.SUSPENDED);
    private static final double HOLDOUT = 0.3;
    /** The largest distance that policies may ask for, in bits. */
    private static final int MAX_BITS = 11;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void rowsThatStandAreWantedAndHaveSeats(@ForAll long seed) {
        Random random = new Random(seed);
        RowStory story = new RowStory(PARTITIONS, HOLDOUT, rule(random));
        story.delay();
        for (int i = 0; i < ITEMS; i++) {
            story.interaction("i" + i, RandomDatasets.hash(random), "v" + random.nextInt(2), slices(random));
        }
        int policies = 1;
        long[] epochs = new long[ITEMS];
        for (int act = 0; act < ACTS; act++) {
            int item = random.nextInt(ITEMS);
            switch (random.nextInt(8)) {
                case 0 -> story.consent("i" + item, 2 + epochs[item]++, random.nextInt(3) > 0);
                case 1 -> story.standing(pick(random, RATERS), pick(random, STATUSES));
                case 2 -> {
                    if (random.nextInt(3) == 0) {
                        story.inForce(++policies, rule(random));
                    }
                }
                default -> story.judge("i" + item, pick(random, RATERS), pick(random, CLASSES));
            }
            for (int deliveries = random.nextInt(6); deliveries > 0; deliveries--) {
                story.deliver(random);
            }
        }
        story.deliver();
        story.tick();
        story.deliver();
        for (int i = 0; i < ITEMS; i++) {
            isWhatItsItemAndDatasetSay(story, "i" + i);
        }
        story.check();
    }

    private static void isWhatItsItemAndDatasetSay(RowStory story, String id) {
        boolean wanted = new RowModel(story.items(id)).isWanted(id);
        ItemQuestion held = story.items(id).question(id, ItemsPolicies.PREFERENCE);
        boolean stands = held.getRows().stream().anyMatch(row -> row.getOp() != RowOp.RETRACT);
        RowSeat seat = story.seat(id);
        RowClaim claim = held.getClaims().isEmpty() ? null : held.getClaims().get(0);
        long number = claim == null ? 0 : claim.getNumber();
        assertThat(seat != null).as("%s: seat %s, claim %s", id, seat, claim).isEqualTo(number > 0);
        if (seat == null) {
            assertThat(stands).as("%s: claim %s", id, claim).isEqualTo(wanted);
        } else {
            assertThat(wanted).as("%s has the seat %s", id, seat).isTrue();
            assertThat(stands).as("%s: seat %s, claim %s", id, seat, claim).isEqualTo(seat.getBlocker() == null);
            assertThat(seat.getNumber()).isEqualTo(number);
            assertThat(seat.getOffer()).isEqualTo(Objects.requireNonNull(claim).getOffer());
            assertThat(claim.getBlocker()).isEqualTo(seat.getBlocker());
        }
    }

    /** Whatever comes first, whatever goes, and whenever stages hear of it: what is held out is never trained on. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void noHeldOutPromptIsTrainedOn(@ForAll long seed, @ForAll @IntRange(max = MAX_BITS) int bits) {
        Random random = new Random(seed);
        RowStory story = new RowStory(
                PARTITIONS, 0.5, RowStory.rule().setHoldoutBits(bits).build());
        story.delay();
        long[] hashes = new long[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            hashes[i] = RandomDatasets.hash(random);
            story.interaction("i" + i, hashes[i], "v0");
        }
        for (int act = 0; act < ACTS; act++) {
            int item = random.nextInt(ITEMS);
            if (random.nextInt(4) == 0) {
                story.consent("i" + item, 2L + act, random.nextBoolean());
            } else {
                story.judge("i" + item, pick(random, RATERS), pick(random, CLASSES));
            }
            for (int deliveries = random.nextInt(6); deliveries > 0; deliveries--) {
                story.deliver(random);
            }
            Map<Integer, Split> standing = new TreeMap<>();
            for (int i = 0; i < ITEMS; i++) {
                for (Delta row : story.items("i" + i)
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
        story.check();
    }

    private static DatasetRule rule(Random random) {
        return RandomDatasets.rule(random)
                .setMinActiveLabels(random.nextInt(2) * random.nextInt(3))
                .setSuspendedLabels(random.nextBoolean())
                .setSlices(random.nextInt(4) == 0 ? List.of("maths") : List.of())
                .setSlicesOut(random.nextInt(4) == 0 ? List.of("jokes") : List.of())
                .build();
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
