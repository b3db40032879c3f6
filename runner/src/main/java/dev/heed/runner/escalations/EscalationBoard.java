package dev.heed.runner.escalations;

import dev.heed.core.Channel;
import dev.heed.out.Escalation;
import dev.heed.out.SilenceState;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The escalations and silences as the public topics have them: the latest record of each. */
final class EscalationBoard {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String RESOLVED = "resolved";

    private final Map<String, Escalation> escalations = new TreeMap<>();
    private final Map<String, SilenceState> silences = new TreeMap<>();

    static EscalationBoard read(Cluster cluster) {
        EscalationBoard board = new EscalationBoard();
        try (CommittedReader reader = new CommittedReader(
                cluster,
                "heed-escalations",
                List.of(Channel.ESCALATIONS, Channel.SILENCES),
                List.of(),
                (channel, record, value) -> board.read(record, value))) {
            while (!reader.caughtUp()) {
                reader.poll(POLL);
            }
        }
        return board;
    }

    private void read(ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        read(record.key(), value);
    }

    void read(String key, @Nullable SpecificRecord value) {
        if (value instanceof Escalation escalation) {
            escalations.put(key, escalation);
        } else if (value instanceof SilenceState silence) {
            silences.put(key, silence);
        }
    }

    /** The escalations, sorted: those of the highest level first, then by name; resolved ones only if asked for. */
    List<Escalation> escalations(boolean resolvedToo) {
        return escalations.values().stream()
                .filter(each -> resolvedToo || !each.getState().equals(RESOLVED))
                .sorted((a, b) -> Integer.compare(b.getLevelIndex(), a.getLevelIndex()))
                .toList();
    }

    /** The silences that were not ended and are not over. */
    List<SilenceState> activeSilences(long nowMs) {
        return silences.values().stream()
                .filter(each ->
                        each.getState().equals("active") && each.getSilence().getUntilMs() > nowMs)
                .toList();
    }

    /**
     * The unresolved escalations that a person means by an interaction, an interaction and question, or a group.
     *
     * @throws Failure if there is none
     */
    List<Escalation> meant(String target) {
        List<Escalation> meant = escalations(false).stream()
                .filter(each -> target.equals(each.getInteractionId())
                        || target.equals(name(each))
                        || target.equals(each.getGroup()))
                .toList();
        if (meant.isEmpty()) {
            throw new Failure("no unresolved escalation of " + target + " (expected: an interaction,"
                    + " INTERACTION|QUESTION, or a group, as 'heed escalations list' prints them)");
        }
        return meant;
    }

    static String name(Escalation escalation) {
        return escalation.getInteractionId() + "|" + escalation.getQuestionId();
    }
}
