package dev.heed.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import dev.heed.core.State;
import dev.heed.core.StateReader.Entry;
import dev.heed.state.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The state in a store answers as the state in memory does, whatever was cached. */
class StoreStateProperties {
    /** One change or question. */
    record Move(char kind, String key, String other, int number) {}

    @Property(tries = 300)
    void answersAsMemoryDoes(@ForAll("moves") List<Move> moves) {
        compare(moves, store(Stores.inMemoryKeyValueStore("memory")));
    }

    @Example
    void answersAsMemoryDoesOnDisk() {
        List<Move> moves =
                moves().generator(1_000, false).next(new java.util.Random(7)).value();
        compare(moves, store(Stores.persistentKeyValueStore("disk")));
    }

    @Example
    void aNewTaskReadsWhatTheLastOneWrote() {
        KeyValueStore<Bytes, byte[]> store = store(Stores.inMemoryKeyValueStore("memory"));
        new StoreState(store).put("a", new Clock(1L));
        new StoreState(store).put("b", new Clock(2L));
        StoreState third = new StoreState(store);
        assertThat(third.get("a", Clock.class)).isEqualTo(new Clock(1L));
        assertThat(third.withPrefix("", Clock.class, 10)).hasSize(2);
    }

    @Example
    void moreKeysThanAreKeptDecodedAreStillFound() {
        StoreState state = new StoreState(store(Stores.inMemoryKeyValueStore("memory")));
        for (int i = 0; i < 2 * StoreState.MAX_DECODED; i++) {
            state.put("k" + i, new Clock((long) i));
        }
        for (int i = 0; i < 2 * StoreState.MAX_DECODED; i++) {
            assertThat(state.get("k" + i, Clock.class)).isEqualTo(new Clock((long) i));
        }
    }

    private static void compare(List<Move> moves, KeyValueStore<Bytes, byte[]> bytes) {
        State stored = new StoreState(bytes);
        State memory = new MemoryState();
        for (Move move : moves) {
            assertThat(answer(move, stored)).as(move.toString()).isEqualTo(answer(move, memory));
        }
        Function<State, List<Entry<Clock>>> all = state -> state.withPrefix("", Clock.class, Integer.MAX_VALUE);
        assertThat(all.apply(new StoreState(bytes))).isEqualTo(all.apply(memory));
    }

    private static Object answer(Move move, State state) {
        switch (move.kind()) {
            case 'p' -> state.put(move.key(), new Clock((long) move.number()));
            case 'd' -> state.delete(move.key());
            case 's' -> {
                return state.withPrefix(move.key(), Clock.class, move.number());
            }
            case 'a' -> {
                return state.withPrefixAfter(move.key(), move.other(), Clock.class, move.number());
            }
            default -> {
                return String.valueOf(state.get(move.key(), Clock.class));
            }
        }
        return "done";
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<String> keys = Arbitraries.strings()
                .withChars('a', 'b', '\0', 'é', '\uffee')
                .ofMaxLength(4)
                .map(text -> text.replace("b", "\ud83d\ude00"));
        return Combinators.combine(
                        Arbitraries.of('p', 'p', 'p', 'd', 's', 'a', 'g'),
                        keys,
                        keys,
                        Arbitraries.integers().between(0, 5))
                .as(Move::new)
                .list()
                .ofMaxSize(60);
    }

    private static KeyValueStore<Bytes, byte[]> store(KeyValueBytesStoreSupplier supplier) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                Journals.config(), new TaskId(0, 0), directory().toFile());
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("heed-store");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
