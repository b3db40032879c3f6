package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.core.Levels;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.event.Coordinates;
import dev.heed.out.DeadLetter;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.registry.MemoryRegistryClient;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.text.PlainTextVault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One intake task on its own: public records in, what it sends out. */
final class IntakeTrial {
    static final Map<String, Levels> LEVELS = Map.of("items", new Levels(1, 2), "queues", new Levels(1, 1));

    static final long HEARTBEAT_MS = 3_600_000;

    private static final HeedAvroSerde<SpecificRecord> SERDE = new HeedAvroSerde<>(new MemoryRegistryClient());

    static final byte[] SEED = "seed".getBytes(StandardCharsets.UTF_8);

    final MemoryState state;
    final KnownKeys known = KnownKeys.ofSeed(SEED);
    final Intake intake;
    private final RecordDecoder decoder = new RecordDecoder(SERDE.deserializer());
    private long offset;

    /** A task that has run for a while. */
    IntakeTrial() {
        this(new MemoryState());
        intake.tick(state, Samples.NOW_MS);
    }

    /** A task that starts at {@link Samples#NOW_MS} on what an earlier one left. */
    IntakeTrial(MemoryState state) {
        this(state, Lane.URGENT);
    }

    IntakeTrial(MemoryState state, Lane lane) {
        this.state = state;
        this.intake = new Intake(
                SEED, LEVELS, new PlainTextVault(), known, Samples.NOW_MS, new Intake.Place(lane, 0, 2), HEARTBEAT_MS);
    }

    /** The bytes a producer would send. */
    static byte[] bytes(PublicInput input, SpecificRecord event) {
        return SERDE.serializer().serialize(input.channel().baseName(), event);
    }

    Intake.Outcome receive(PublicInput input, @Nullable String key, SpecificRecord event) {
        return receive(input, key, bytes(input, event));
    }

    Intake.Outcome receive(PublicInput input, @Nullable String key, byte @Nullable [] value) {
        String topic = input.channel().baseName();
        Coordinates source = new Coordinates(topic, 0, offset++);
        return intake.receive(state, new Delivery(input, source, key, value, decoder.decode(input, topic, value)));
    }

    static DeadLetter letter(Intake.Outcome outcome) {
        return (DeadLetter)
                Objects.requireNonNull(to(Channel.DEAD_LETTERS, outcome).get(0).value());
    }

    static List<Outgoing> to(Channel channel, Intake.Outcome outcome) {
        return outcome.outgoing().stream()
                .filter(each -> each.channel() == channel)
                .toList();
    }
}
