package dev.heed.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import dev.heed.event.Signal;
import dev.heed.intake.SeenEvents.Answer;
import dev.heed.intake.SeenEvents.Look;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeenEventsTest {
    private final SeenEvents seen = new SeenEvents(new Secrets("seed".getBytes(StandardCharsets.UTF_8)));
    private final MemoryState state = new MemoryState();

    @Test
    void eventsThatShareABucketAreAllKnownUntilTheOldestIsDrivenOut() {
        List<String> ids = sharingABucket(SeenEvents.EVENTS_PER_BUCKET + 1);
        String newest = ids.get(SeenEvents.EVENTS_PER_BUCKET);
        List<String> held = ids.subList(0, SeenEvents.EVENTS_PER_BUCKET);
        held.forEach(id -> assertThat(take(id)).isEqualTo(Answer.NEW));
        held.forEach(id -> assertThat(take(id)).as(id).isEqualTo(Answer.REPEATED));

        assertThat(take(newest)).isEqualTo(Answer.NEW);
        ids.subList(1, ids.size()).forEach(id -> assertThat(take(id)).as(id).isEqualTo(Answer.REPEATED));
        assertThat(take(ids.get(0))).isEqualTo(Answer.NEW);
    }

    @Test
    void anotherContentUnderAKnownIdIsToldApartInAnyPlace() {
        List<String> ids = sharingABucket(2);
        ids.forEach(this::take);
        for (String id : ids) {
            Signal other = signal(id);
            other.setScoreMicros(1L);
            assertThat(seen.look(state, PublicInput.SIGNALS, id, other).answer())
                    .isEqualTo(Answer.REUSED);
        }
    }

    private Answer take(String id) {
        Look look = seen.look(state, PublicInput.SIGNALS, id, signal(id));
        if (look.answer() == Answer.NEW) {
            look.remember(state);
        }
        return look.answer();
    }

    private static Signal signal(String id) {
        Signal signal = (Signal) Samples.of(PublicInput.SIGNALS);
        signal.setEventId(id);
        return signal;
    }

    private List<String> sharingABucket(int count) {
        Map<String, List<String>> byPlace = new TreeMap<>();
        for (int i = 0; ; i++) {
            String id = "e-" + i;
            List<String> ids = byPlace.computeIfAbsent(
                    seen.look(new MemoryState(), PublicInput.SIGNALS, id, signal(id))
                            .place(),
                    place -> new ArrayList<>());
            ids.add(id);
            if (ids.size() == count) {
                return ids;
            }
        }
    }
}
