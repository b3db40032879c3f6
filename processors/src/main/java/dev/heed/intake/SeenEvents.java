package dev.heed.intake;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.serde.AvroBytes;
import dev.heed.state.SeenBucket;
import dev.heed.state.SeenEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A bounded memory of accepted events. It saves work; that a duplicate has no effect is up to each aggregate. An event
 * goes to the bucket its id hashes to and drives out the oldest there, so the memory may forget, and never grows. With
 * one event per bucket, any newer event that hashes alike would make it forget, however soon the repeat comes.
 */
final class SeenEvents {
    /** Buckets per partition. */
    static final int BUCKETS = 16_384;
    /** Events remembered per bucket. */
    static final int EVENTS_PER_BUCKET = 4;

    /** What the memory says of an event. */
    enum Answer {
        NEW,
        REPEATED,
        /** The id belongs to an event with other content. */
        REUSED
    }

    /** An event's place in the memory, and what is to stand there once it is accepted. */
    record Look(Answer answer, String place, SeenBucket after) {
        void remember(State state) {
            state.put(place, after);
        }
    }

    private final Secrets secrets;

    SeenEvents(Secrets secrets) {
        this.secrets = secrets;
    }

    Look look(State state, PublicInput input, String eventId, SpecificRecord event) {
        long[] id = secrets.fingerprint((input.name() + '\0' + eventId).getBytes(StandardCharsets.UTF_8));
        // In this version's schema, so that a repeat by a newer producer is still a repeat.
        long[] content = secrets.fingerprint(AvroBytes.of(event));
        String place = Keys.of("seen", Keys.ascending(Math.floorMod(id[0], BUCKETS)));
        SeenEvent entry = new SeenEvent(id[0], id[1], content[0], content[1]);
        SeenBucket found = state.get(place, SeenBucket.class);
        SeenBucket held = found == null ? new SeenBucket(List.of()) : found;
        for (SeenEvent each : held.getEvents()) {
            if (each.getIdHigh() == id[0] && each.getIdLow() == id[1]) {
                return new Look(each.equals(entry) ? Answer.REPEATED : Answer.REUSED, place, held);
            }
        }
        List<SeenEvent> after = new ArrayList<>();
        after.add(entry);
        after.addAll(held.getEvents().subList(0, Math.min(held.getEvents().size(), EVENTS_PER_BUCKET - 1)));
        return new Look(Answer.NEW, place, new SeenBucket(after));
    }
}
