package dev.heed.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.StageRunner;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.Tick;
import dev.heed.state.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which way what comes takes, and what is told of time in the lane that does not keep it. */
class LaneTest {
    private static final long DAY_MS = 86_400_000;

    private final MemoryState state = new MemoryState();
    private final IntakeTrial bulk = new IntakeTrial(state, Lane.BULK);

    @Test
    void everyInputTakesOneLane() {
        List<PublicInput> both = new ArrayList<>(Lane.URGENT.inputs());
        both.addAll(Lane.BULK.inputs());
        assertThat(both).containsExactlyInAnyOrder(PublicInput.values());
    }

    @Test
    void inBulkOnlyTheFirstTickOfATaskIsTold() {
        List<Outgoing> first = bulk.intake.tick(state, Samples.NOW_MS + 1_000);
        assertThat(first).hasSize(6).extracting(Outgoing::key).containsOnly("tick");
        assertThat(time(first)).isEqualTo(new Tick(Samples.NOW_MS + 1_000));

        assertThat(bulk.intake.tick(state, Samples.NOW_MS + DAY_MS))
                .as("neither time nor heartbeats, which are due")
                .isEmpty();
        assertThat(bulk.intake.nowMs(state)).isEqualTo(Samples.NOW_MS + DAY_MS);
        assertThat(receive()).extracting(Outgoing::key).isNotEmpty().doesNotContain("tick");
    }

    @Test
    void whatComesFirstInBulkIsNotDecidedAtTheTimeOfAnEarlierRun() {
        state.put(StageRunner.CLOCK_KEY, new Clock(Samples.NOW_MS - DAY_MS));

        assertThat(time(receive())).isEqualTo(new Tick(Samples.NOW_MS));
        assertThat(receive()).as("the second").extracting(Outgoing::key).doesNotContain("tick");
    }

    private List<Outgoing> receive() {
        return bulk.receive(PublicInput.INTERACTIONS, Samples.key(PublicInput.INTERACTIONS), Samples.interaction())
                .outgoing();
    }

    private static Tick time(List<Outgoing> outgoing) {
        return ((ItemsEvent) Objects.requireNonNull(outgoing.get(0).value())).getTick();
    }
}
