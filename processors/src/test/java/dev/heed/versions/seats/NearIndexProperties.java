package dev.heed.versions.seats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.state.NearHolder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The index finds a near prompt whenever there is one. */
class NearIndexProperties {
    private static final int PROMPTS = 40;

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void findsWhatIsNearAndNothingElse(
            @ForAll long seed,
            @ForAll @IntRange(min = -1, max = NearIndex.MAX_BITS) int bits,
            @ForAll @IntRange(max = NearIndex.MAX_BITS) int acrossBits) {
        Random random = new Random(seed);
        MemoryState state = new MemoryState();
        Map<String, Long> held = new HashMap<>();
        long center = random.nextLong();
        for (int i = 0; i < PROMPTS; i++) {
            long hash = center;
            for (int flips = random.nextInt(20); flips > 0; flips--) {
                hash ^= 1L << random.nextInt(Long.SIZE);
            }
            long near = hash;
            Split side = side("i" + i);
            NearHolder found =
                    NearIndex.find(state, Dataset.SFT, hash, "i" + i, side, new NearIndex.Reach(bits, acrossBits));
            assertThat(found != null)
                    .isEqualTo(held.entrySet().stream()
                            .anyMatch(other -> Long.bitCount(other.getValue() ^ near)
                                    <= (side(other.getKey()) == side ? bits : acrossBits)));
            assertThat(found == null || Objects.equals(held.get(found.getInteractionId()), found.getSimhash()))
                    .isTrue();
            NearIndex.count(state, Dataset.SFT, hash, "i" + i, side, 1);
            held.put("i" + i, hash);
            if (random.nextInt(3) == 0) {
                String gone = "i" + random.nextInt(i + 1);
                Long was = held.remove(gone);
                if (was != null) {
                    NearIndex.count(state, Dataset.SFT, was, gone, side(gone), -1);
                }
            }
        }
        held.forEach((id, hash) -> NearIndex.count(state, Dataset.SFT, hash, id, side(id), -1));
        assertThat(state.entries()).isEmpty();
    }

    private static Split side(String id) {
        return id.hashCode() % 2 == 0 ? Split.TRAIN : Split.HOLDOUT;
    }
}
