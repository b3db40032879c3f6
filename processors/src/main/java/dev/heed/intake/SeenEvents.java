package dev.heed.intake;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.state.SeenEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * A bounded memory of accepted events. It saves work; that a duplicate has no effect is up to each aggregate. An event
 * takes the slot its id hashes to, so it may forget, and never grows.
 */
final class SeenEvents {
    /** Events remembered per partition. */
    static final int SLOTS = 65_536;

    /** What the memory says of an event. */
    enum Answer {
        NEW,
        REPEATED,
        /** The id belongs to an event with other content. */
        REUSED
    }

    /** An event's place in the memory, and what is to stand there once it is accepted. */
    record Look(Answer answer, String slot, SeenEvent entry) {
        void remember(State state) {
            state.put(slot, entry);
        }
    }

    private final Secrets secrets;

    SeenEvents(Secrets secrets) {
        this.secrets = secrets;
    }

    Look look(State state, PublicInput input, String eventId, SpecificRecord event) {
        long[] id = secrets.fingerprint((input.name() + '\0' + eventId).getBytes(StandardCharsets.UTF_8));
        long[] content = secrets.fingerprint(bytes(event));
        String slot = Keys.of("seen", Keys.ascending(Math.floorMod(id[0], SLOTS)));
        SeenEvent entry = new SeenEvent(id[0], id[1], content[0], content[1]);
        SeenEvent held = state.get(slot, SeenEvent.class);
        if (held == null || held.getIdHigh() != id[0] || held.getIdLow() != id[1]) {
            return new Look(Answer.NEW, slot, entry);
        }
        return new Look(held.equals(entry) ? Answer.REPEATED : Answer.REUSED, slot, entry);
    }

    /** The content in this version's schema, so that a repeat by a newer producer is still a repeat. */
    private static byte[] bytes(SpecificRecord event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
