package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.event.Coordinates;
import dev.heed.fact.IntakeFact;
import dev.heed.out.DeadLetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Each offset of a public input came to exactly one end at intake: it stands in a journal, or it was swallowed as a
 * duplicate, or it is a dead letter. And no journal holds it twice in one partition.
 */
public final class NothingLost implements Guarantee {
    /** The public inputs. */
    public static final List<Channel> INPUTS = List.of(
            Channel.INTERACTIONS,
            Channel.SIGNALS,
            Channel.FEEDBACK,
            Channel.RATERS,
            Channel.CONSENTS,
            Channel.POLICIES,
            Channel.EVALUATIONS,
            Channel.ACTIONS);

    private static final List<Channel> JOURNALS = List.of(
            Channel.ITEMS_JOURNAL,
            Channel.QUEUES_JOURNAL,
            Channel.CALIBRATION_JOURNAL,
            Channel.GATES_JOURNAL,
            Channel.SUBJECTS_JOURNAL,
            Channel.VERSIONS_JOURNAL);

    private enum End {
        ACCEPTED,
        DUPLICATE,
        DEAD_LETTER
    }

    /**
     * How the inputs ended.
     *
     * @param eventsIn records on the public inputs
     * @param lost inputs that came to no end
     * @param duplicated inputs that came to more than one end, or stand twice in a journal
     * @param breaches each of them, for a person
     */
    public record Account(
            long eventsIn,
            long accepted,
            long duplicates,
            long deadLetters,
            long lost,
            long duplicated,
            List<String> breaches) {}

    @Override
    public List<String> breaches(LogView logs) {
        return account(logs).breaches();
    }

    /** Counts how every input ended. */
    public Account account(LogView logs) {
        Ends ends = new Ends();
        for (Channel journal : JOURNALS) {
            ends.readJournal(journal, logs.records(journal));
        }
        for (LogView.Logged logged : logs.records(Channel.INTAKE_FACTS)) {
            if (logged.value() instanceof IntakeFact fact && fact.getDuplicate() != null) {
                ends.add(fact.getSource(), End.DUPLICATE, true);
            }
        }
        for (LogView.Logged logged : logs.records(Channel.DEAD_LETTERS)) {
            if (logged.value() instanceof DeadLetter letter && letter.getStage().equals("intake")) {
                ends.add(letter.getSource(), End.DEAD_LETTER, true);
            }
        }
        return ends.against(logs);
    }

    /** Where each input was found again. */
    private static final class Ends {
        private final Map<String, Set<End>> byInput = new HashMap<>();
        private final Set<String> seenTwice = new TreeSet<>();

        void readJournal(Channel journal, List<LogView.Logged> records) {
            Set<String> seenHere = new HashSet<>();
            for (LogView.Logged logged : records) {
                Coordinates source = source(logged.value());
                if (source == null) {
                    continue;
                }
                add(source, End.ACCEPTED, false);
                if (!seenHere.add(logged.partition() + " " + name(source))) {
                    seenTwice.add(name(source) + " stands twice in " + journal.baseName() + "-" + logged.partition());
                }
            }
        }

        void add(Coordinates source, End end, boolean once) {
            boolean added = byInput.computeIfAbsent(name(source), input -> new TreeSet<>())
                    .add(end);
            if (once && !added) {
                seenTwice.add(name(source) + " is " + end + " twice");
            }
        }

        Account against(LogView logs) {
            List<String> breaches = new ArrayList<>(seenTwice);
            long[] counts = new long[End.values().length];
            long in = 0;
            long lost = 0;
            long twice = seenTwice.size();
            for (Channel input : INPUTS) {
                for (LogView.Logged logged : logs.records(input)) {
                    in++;
                    String name = name(logged.topic(), logged.partition(), logged.offset());
                    Set<End> ends = byInput.getOrDefault(name, Set.of());
                    ends.forEach(end -> counts[end.ordinal()]++);
                    if (ends.isEmpty()) {
                        lost++;
                        breaches.add(name + " came to no end");
                    } else if (ends.size() > 1) {
                        twice++;
                        breaches.add(name + " came to more than one end: " + ends);
                    }
                }
            }
            return new Account(
                    in,
                    counts[End.ACCEPTED.ordinal()],
                    counts[End.DUPLICATE.ordinal()],
                    counts[End.DEAD_LETTER.ordinal()],
                    lost,
                    twice,
                    List.copyOf(breaches));
        }
    }

    private static @Nullable Coordinates source(@Nullable SpecificRecord journalValue) {
        if (journalValue == null) {
            return null;
        }
        Schema.Field field = journalValue.getSchema().getField("source");
        return (Coordinates) journalValue.get(field.pos());
    }

    private static String name(Coordinates source) {
        return name(source.getTopic(), source.getPartition(), source.getOffset());
    }

    private static String name(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }
}
