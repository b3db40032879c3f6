package dev.heed.intake;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Envelope;
import dev.heed.core.Outgoing;
import dev.heed.event.Coordinates;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SubjectsEvent;
import dev.heed.journal.Tick;
import dev.heed.journal.VersionsEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Writes journal records: the envelope of the journal, with where the event came from. */
final class Journals {
    private static final String TICK_KEY = "tick";

    private final Map<Channel, Envelope> envelopes = new EnumMap<>(Channel.class);

    Journals() {
        add(Channel.ITEMS_JOURNAL, ItemsEvent.getClassSchema());
        add(Channel.QUEUES_JOURNAL, QueuesEvent.getClassSchema());
        add(Channel.CALIBRATION_JOURNAL, CalibrationEvent.getClassSchema());
        add(Channel.GATES_JOURNAL, GatesEvent.getClassSchema());
        add(Channel.SUBJECTS_JOURNAL, SubjectsEvent.getClassSchema());
        add(Channel.VERSIONS_JOURNAL, VersionsEvent.getClassSchema());
    }

    private void add(Channel journal, Schema schema) {
        envelopes.put(journal, new Envelope(schema));
    }

    Outgoing record(Channel journal, String key, SpecificRecord payload, Coordinates source) {
        return new Outgoing(journal, key, envelope(journal, payload, source), Destination.BY_KEY);
    }

    /** A record for one partition of the journal, by its number. */
    Outgoing exactly(Channel journal, int partition, String key, SpecificRecord payload, Coordinates source) {
        return Outgoing.exactly(journal, partition, key, envelope(journal, payload, source));
    }

    /** One record for every partition of each of the journals. */
    List<Outgoing> multicast(List<Channel> journals, String key, SpecificRecord payload, Coordinates source) {
        List<Outgoing> all = new ArrayList<>();
        for (Channel journal : journals) {
            all.add(new Outgoing(journal, key, envelope(journal, payload, source), Destination.ALL_PARTITIONS));
        }
        return all;
    }

    /** As {@link #multicast(List, String, SpecificRecord, Coordinates)}, to all journals. */
    List<Outgoing> multicast(String key, SpecificRecord payload, Coordinates source) {
        return multicast(List.copyOf(envelopes.keySet()), key, payload, source);
    }

    /** A tick for the task's own partition of every journal. */
    List<Outgoing> tick(long nowMs) {
        List<Outgoing> ticks = new ArrayList<>();
        envelopes.forEach((journal, envelope) ->
                ticks.add(new Outgoing(journal, TICK_KEY, envelope.wrap(new Tick(nowMs)), Destination.OWN_PARTITION)));
        return ticks;
    }

    private SpecificRecord envelope(Channel journal, SpecificRecord payload, Coordinates source) {
        SpecificRecord envelope = Objects.requireNonNull(envelopes.get(journal)).wrap(payload);
        envelope.put(envelope.getSchema().getField("source").pos(), source);
        return envelope;
    }
}
