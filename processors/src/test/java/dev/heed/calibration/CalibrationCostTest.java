package dev.heed.calibration;

import static dev.heed.calibration.CalibrationTrial.QUESTION;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.core.State;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.LabelsSubmitted;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The work for a label depends on the labels of its item, not on how many items there are. */
class CalibrationCostTest {
    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final Envelope envelope = new Envelope(CalibrationEvent.getClassSchema());
    private final CountingState state = new CountingState();
    private long offset;

    @Test
    void aLabelCostsTheSameAmongAFewItemsAndAmongThousands() {
        send(Policies.of(1, Policies.question(QUESTION, CalibrationTrial.CLASSES)));
        long among10 = costAmong(0, 10);
        long among3000 = costAmong(10, 3_000);
        assertThat(among3000).isEqualTo(among10);
    }

    private long costAmong(int from, int to) {
        for (int item = from; item < to; item++) {
            submit("item-" + item, "anna", "ok");
            submit("item-" + item, "ben", "ok");
        }
        // The least of some: when the walk that repairs older beliefs begins again, that takes one more read.
        return IntStream.range(0, 5)
                .mapToLong(i -> costOfASecondLabel("last-" + to + "-" + i))
                .min()
                .orElseThrow();
    }

    private long costOfASecondLabel(String item) {
        submit(item, "anna", "ok");
        state.accesses = 0;
        // A label that moves the belief, however sure the raters have become.
        submit(item, "ben", "bad");
        return state.accesses;
    }

    private void submit(String item, String rater, String said) {
        send(new LabelsSubmitted(item, QUESTION, 1_000_000L, List.of(human(item + "-" + rater, rater, said))));
    }

    private void send(SpecificRecord event) {
        runner.step(state, offset++, QUESTION, envelope.wrap(event));
    }

    private static final class CountingState implements State {
        private final MemoryState memory = new MemoryState();
        private long accesses;

        @Override
        public <T extends SpecificRecord> @Nullable T get(String key, Class<T> type) {
            accesses++;
            return memory.get(key, type);
        }

        @Override
        public <T extends SpecificRecord> List<Entry<T>> withPrefix(String prefix, Class<T> type, int limit) {
            return counted(memory.withPrefix(prefix, type, limit));
        }

        @Override
        public <T extends SpecificRecord> List<Entry<T>> withPrefixAfter(
                String prefix, String afterKey, Class<T> type, int limit) {
            return counted(memory.withPrefixAfter(prefix, afterKey, type, limit));
        }

        private <T> List<Entry<T>> counted(List<Entry<T>> entries) {
            accesses += 1 + entries.size();
            return entries;
        }

        @Override
        public void put(String key, SpecificRecord value) {
            accesses++;
            memory.put(key, value);
        }

        @Override
        public void delete(String key) {
            accesses++;
            memory.delete(key);
        }
    }
}
