package dev.heed.items.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.InteractionRecorded;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InteractionsTest {
    private final ItemsTrial items = new ItemsTrial();

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void aSecondEventForAKnownInteractionIsARepeatOrAMistake() {
        items.interaction("i1", 1);
        assertThat(items.interaction("i1", 1)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.sendPublic(
                        "i1", ItemsTrial.interaction("another", "i1", 2).build()))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> {
                    assertThat(refused.getReasonCode()).isEqualTo("interaction_exists");
                    assertThat(refused.getReason()).contains("i1", "event-i1");
                });
        assertThat(items.item("i1").getInteraction().getCandidates()).hasSize(1);
    }

    @Test
    void noveltyFallsWithNearItemsAndComesBackWithTime() {
        assertThat(noveltyOf("i1", 0x1111_2222_3333_4444L)).isEqualTo(1_000_000);
        // Same in one band of four: one near item.
        assertThat(noveltyOf("i2", 0x1111_0002_0003_0004L)).isEqualTo(500_000);
        // Two near items in the first band, one in the last: the band with the most counts.
        assertThat(noveltyOf("i3", 0x1111_aaaa_bbbb_4444L)).isEqualTo(333_333);
        assertThat(noveltyOf("i4", 0x9999_9998_9997_9996L)).isEqualTo(1_000_000);
        items.tickAfter(ItemsPolicies.HALF_LIFE_MS);
        // Three near items are worth one and a half after one half-life: 1 / 2.5.
        assertThat(noveltyOf("i5", 0x1111_5555_6666_7777L)).isEqualTo(400_000);
        // Of those 1.5 and this one, a half is left after one more: 1 / 2.25.
        items.tickAfter(ItemsPolicies.HALF_LIFE_MS);
        assertThat(noveltyOf("i6", 0x1111_5556_6667_7778L)).isEqualTo(444_444);
    }

    @Test
    void anInteractionWithoutAHashIsNewAndCountsForNobody() {
        assertThat(noveltyOf("i1", 0)).isEqualTo(1_000_000);
        assertThat(noveltyOf("i2", 0)).isEqualTo(1_000_000);
        assertThat(items.stage().state().entries().keySet()).noneMatch(key -> key.startsWith("novelty"));
    }

    @Test
    void theNoveltyTableIsBoundedByItsBands() {
        for (int i = 0; i < 300; i++) {
            noveltyOf("i" + i, 0x7777_7777_7777_0000L | (i % 2 + 1));
        }
        assertThat(items.stage().state().entries().keySet().stream().filter(key -> key.startsWith("novelty")))
                .hasSize(5);
    }

    private long noveltyOf(String id, long simhash) {
        List<InteractionRecorded> recorded = ItemsTrial.of(
                items.sendPublic(
                        id,
                        ItemsTrial.interaction("event-" + id, id, 1)
                                .setSimhash(simhash)
                                .build()),
                InteractionRecorded.class);
        return recorded.get(0).getNoveltyMicros();
    }
}
