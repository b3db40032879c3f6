package dev.heed.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.event.Coordinates;
import dev.heed.intake.Intake.End;
import dev.heed.intake.Intake.Outcome;
import dev.heed.serde.AvroBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Whatever comes in ends in exactly one way, and nothing that only contents may hold is found elsewhere. */
class IntakeProperties {
    private static final String TOO_LONG = "x".repeat(5_000);
    private static final List<Object> TEXTS =
            List.of("", " ", "i-1", "a|b", "\0", "line\nbreak", "ünï😀", TOO_LONG, "r-1", "pool");
    private static final List<Object> NUMBERS =
            List.of(0L, 1L, -1L, 2L, 1_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, Samples.NOW_MS);

    @Property(tries = 1_000)
    void everyInputHasExactlyOneEnd(
            @ForAll PublicInput input,
            @ForAll("mutations") @Size(max = 3) List<int[]> mutations,
            @ForAll("keys") String key) {
        SpecificRecord event = Samples.of(input);
        mutations.forEach(mutation -> mutate(event, mutation));
        IntakeTrial trial = new IntakeTrial();

        String sent = key.isEmpty() ? Samples.key(input) : key;
        Outcome first = trial.receive(input, sent, event);
        check(input, first, 0);
        holdsNoText(first, true);
        Outcome second = trial.receive(input, sent, event);
        check(input, second, 1);
        assertThat(second.end()).isEqualTo(first.end() == End.ACCEPTED ? End.DUPLICATE : End.DEAD_LETTER);
    }

    @Property(tries = 500)
    void bytesOfAnySortAreDeadLettersAtWorst(
            @ForAll PublicInput input, @ForAll byte[] noise, @ForAll @IntRange(max = 400) int from) {
        byte[] bytes = IntakeTrial.bytes(input, Samples.of(input));
        for (int i = 0; i < noise.length && from + i < bytes.length; i++) {
            bytes[from + i] = noise[i];
        }
        Outcome outcome = new IntakeTrial().receive(input, Samples.key(input), bytes);
        check(input, outcome, 0);
        holdsNoText(outcome, outcome.end() == End.ACCEPTED && from > 400);
    }

    @Property(tries = 50)
    void wellFormedEventsAreAccepted(@ForAll PublicInput input) {
        Outcome outcome = new IntakeTrial().receive(input, Samples.key(input), Samples.of(input));
        assertThat(outcome.end()).isEqualTo(End.ACCEPTED);
    }

    /** The end that the outgoing records show is the end that intake names. */
    private static void check(PublicInput input, Outcome outcome, long offset) {
        Coordinates source = new Coordinates(input.channel().baseName(), 0, offset);
        Set<End> ends = EnumSet.noneOf(End.class);
        for (Outgoing each : outcome.outgoing()) {
            SpecificRecord value = Objects.requireNonNull(each.value());
            AvroBytes.of(value);
            // Texts, and the new key of a subject who is erased, go along with an end and are none.
            if (each.channel() == Channel.CONTENTS || each.channel() == Channel.PSEUDONYM_KEYS) {
                continue;
            }
            Schema.Field field = value.getSchema().getField("source");
            assertThat(value.get(field.pos())).isEqualTo(source);
            ends.add(
                    each.channel() == Channel.DEAD_LETTERS
                            ? End.DEAD_LETTER
                            : each.channel() == Channel.INTAKE_FACTS ? End.DUPLICATE : End.ACCEPTED);
        }
        assertThat(ends).containsExactly(outcome.end());
    }

    private static void holdsNoText(Outcome outcome, boolean sure) {
        for (Outgoing each : outcome.outgoing()) {
            if (sure && each.channel() != Channel.CONTENTS) {
                SpecificRecord value = Objects.requireNonNull(each.value());
                String bytes = new String(AvroBytes.of(value), StandardCharsets.ISO_8859_1);
                assertThat(bytes + each.key() + each.partitionKey()).doesNotContain(Samples.CANARY);
            } else if (sure) {
                assertThat(each.key() + each.partitionKey()).doesNotContain(Samples.CANARY);
            }
        }
    }

    @Provide
    Arbitrary<List<int[]>> mutations() {
        return Arbitraries.integers()
                .between(0, 10_000)
                .array(int[].class)
                .ofSize(8)
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just("")), Tuple.of(1, Arbitraries.of("other", "a|b", "\0", TOO_LONG)));
    }

    /** Walks down the record as the numbers say, and puts something else where it ends. */
    private static void mutate(SpecificRecord record, int[] numbers) {
        List<Schema.Field> fields = record.getSchema().getFields();
        Schema.Field field = fields.get(numbers[0] % fields.size());
        Object value = record.get(field.pos());
        int[] deeper = Arrays.copyOfRange(numbers, 1, numbers.length);
        if (value instanceof SpecificRecord inner && numbers[1] % 4 != 0) {
            mutate(inner, deeper);
        } else if (value instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof SpecificRecord inner
                && numbers[1] % 4 != 0) {
            mutate(inner, deeper);
        } else {
            record.put(field.pos(), other(field.schema(), value, numbers[numbers.length - 1]));
        }
    }

    private static @Nullable Object other(Schema schema, @Nullable Object value, int number) {
        return switch (schema.getType()) {
            case STRING -> TEXTS.get(number % TEXTS.size());
            case LONG -> NUMBERS.get(number % NUMBERS.size());
            case INT -> ((Long) NUMBERS.get(number % NUMBERS.size())).intValue();
            case BOOLEAN -> number % 2 == 0;
            case ENUM -> enumOf(schema, number);
            case ARRAY -> {
                List<Object> list = new ArrayList<>((List<?>) Objects.requireNonNull(value));
                if (number % 3 == 0 || list.isEmpty()) {
                    list.clear();
                } else {
                    for (int i = list.size(); i < 260; i++) {
                        list.add(list.get(0));
                    }
                }
                yield list;
            }
            case UNION ->
                value == null || number % 2 == 0 ? fresh(schema.getTypes().get(1), number) : null;
            default -> value;
        };
    }

    private static @Nullable Object fresh(Schema schema, int number) {
        return switch (schema.getType()) {
            case STRING, LONG, INT, BOOLEAN -> other(schema, null, number);
            default -> null;
        };
    }

    private static Object enumOf(Schema schema, int number) {
        Object[] values = SpecificData.get().getClass(schema).getEnumConstants();
        return values[number % values.length];
    }
}
