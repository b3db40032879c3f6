package dev.heed.runner.demo;

import dev.heed.core.Channel;
import dev.heed.event.Coordinates;
import dev.heed.fact.IntakeFact;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.NothingLost;
import dev.heed.journal.SubjectsEvent;
import dev.heed.out.DeadLetter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The books of all public inputs: what was published, and where it came out again. Of each record it keeps no more than
 * its place, so that a long run fits into memory.
 */
final class InputAccount implements LogView {
    /** Where accepted inputs come out. */
    static final List<Channel> JOURNALS = List.of(
            Channel.ITEMS_JOURNAL,
            Channel.QUEUES_JOURNAL,
            Channel.CALIBRATION_JOURNAL,
            Channel.GATES_JOURNAL,
            Channel.SUBJECTS_JOURNAL,
            Channel.VERSIONS_JOURNAL);

    private final Map<Channel, List<Logged>> kept = new EnumMap<>(Channel.class);
    private final Map<String, String> refused = new HashMap<>();

    /** Takes one committed record. */
    synchronized void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        SpecificRecord slim = null;
        if (JOURNALS.contains(channel)) {
            slim = place(value);
            if (slim == null) {
                return;
            }
        } else if (value instanceof DeadLetter letter) {
            refused.putIfAbsent(name(letter.getSource()), letter.getStage() + ": " + letter.getReasonCode());
            slim = withoutBytes(letter);
        } else if (value instanceof IntakeFact) {
            slim = value;
        }
        kept.computeIfAbsent(channel, first -> new ArrayList<>())
                .add(new Logged(record.topic(), record.partition(), record.offset(), null, slim));
    }

    /** How every input ended, as far as it was read. */
    synchronized NothingLost.Account close() {
        return new NothingLost().account(this);
    }

    /** Why they were refused: stage and reason code, and how many. */
    synchronized Map<String, Integer> refusals() {
        Map<String, Integer> counts = new TreeMap<>();
        refused.values().forEach(why -> counts.merge(why, 1, Integer::sum));
        return counts;
    }

    @Override
    public synchronized List<Logged> records(Channel channel) {
        List<Logged> records = new ArrayList<>(kept.getOrDefault(channel, List.of()));
        records.sort(Comparator.comparingInt(Logged::partition).thenComparingLong(Logged::offset));
        return records;
    }

    private static @Nullable SpecificRecord place(@Nullable SpecificRecord journalValue) {
        if (journalValue == null) {
            return null;
        }
        Schema.Field field = journalValue.getSchema().getField("source");
        Coordinates source = (Coordinates) journalValue.get(field.pos());
        if (source == null) {
            return null;
        }
        SubjectsEvent place = new SubjectsEvent();
        place.setSource(source);
        return place;
    }

    private static DeadLetter withoutBytes(DeadLetter letter) {
        DeadLetter slim = DeadLetter.newBuilder(letter).build();
        slim.setBytes((ByteBuffer) null);
        slim.setReason("");
        return slim;
    }

    private static String name(Coordinates source) {
        return source.getTopic() + "-" + source.getPartition() + "@" + source.getOffset();
    }
}
