package dev.heed.runner.demo;

import dev.heed.core.Channel;
import dev.heed.event.Feedback;
import dev.heed.event.Verdict;
import dev.heed.out.Escalation;
import dev.heed.out.GateVerdict;
import dev.heed.out.Judgment;
import dev.heed.out.Task;
import dev.heed.runner.Delays;
import dev.heed.simulator.StudyBuddy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What came out of the loop, held against the truth that only the simulator knows. */
final class Scorecard {
    /** What it reads, decoded. */
    static final List<Channel> CHANNELS = List.of(
            Channel.FEEDBACK,
            Channel.ESCALATIONS,
            Channel.TASKS,
            Channel.JUDGMENTS,
            Channel.GATE_VERDICTS,
            Channel.DATASET_PREFERENCE,
            Channel.DATASET_SFT,
            Channel.DATASET_BINARY,
            Channel.DATASET_CRITIQUE,
            Channel.DATASET_GUARDRAIL);

    private final StudyBuddy world;
    private final Vigilance vigilance;
    private final Map<String, Judgment> judgments = new HashMap<>();
    private final Map<String, Escalation> escalations = new LinkedHashMap<>();
    private final Set<String> tasks = new HashSet<>();
    private final Map<String, Set<String>> rows = new TreeMap<>();
    private final List<Double> escalationMs = new ArrayList<>();
    private @Nullable GateVerdict gate;
    private long feedback;

    Scorecard(StudyBuddy world) {
        this.world = world;
        this.vigilance = new Vigilance(world);
        for (Channel channel : CHANNELS) {
            if (isDataset(channel)) {
                rows.put(dataset(channel), new HashSet<>());
            }
        }
    }

    /**
     * Takes one committed record.
     *
     * @param nowMs when it was read, milliseconds since the epoch
     * @return the escalation that the record opened, or null
     */
    synchronized @Nullable Escalation read(
            Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value, long nowMs) {
        vigilance.read(value);
        if (isDataset(channel)) {
            Set<String> ids = rows.getOrDefault(dataset(channel), new HashSet<>());
            if (record.value() == null) {
                ids.remove(record.key());
            } else {
                ids.add(record.key());
            }
        } else if (value instanceof Judgment judgment) {
            judgments.put(record.key(), judgment);
        } else if (value instanceof Task task) {
            tasks.add(task.getTaskId());
        } else if (value instanceof Feedback) {
            feedback++;
        } else if (value instanceof GateVerdict verdict) {
            gate = verdict;
        } else if (value instanceof Escalation escalation) {
            return opened(escalation, nowMs) ? escalation : null;
        }
        return null;
    }

    private boolean opened(Escalation escalation, long nowMs) {
        String id = escalation.getInteractionId() + "|" + escalation.getQuestionId();
        boolean first = escalations.put(id, escalation) == null;
        if (first && escalation.getNoticedAtMs() > 0) {
            escalationMs.add((double) Math.max(0, nowMs - escalation.getNoticedAtMs()));
        }
        return first;
    }

    /** How the judgments compare with the truth and with a plain count of the same labels. */
    synchronized Quality quality() {
        return Quality.of(world, judgments.values());
    }

    /** What the loop noticed; to be read when nothing comes any more. */
    synchronized Vigilance vigilance() {
        return vigilance;
    }

    synchronized int judgments() {
        return judgments.size();
    }

    synchronized int escalations() {
        return escalations.size();
    }

    /** Escalations by their state now. */
    synchronized Map<String, Integer> escalationStates() {
        Map<String, Integer> states = new TreeMap<>();
        escalations.values().forEach(each -> states.merge(each.getState(), 1, Integer::sum));
        return states;
    }

    /** How long escalations were on their way, milliseconds, a quantile; null of none. */
    synchronized @Nullable Long escalationMs(double quantile) {
        return escalationMs.isEmpty() ? null : Math.round(new Delays(escalationMs).quantile(quantile));
    }

    synchronized int tasks() {
        return tasks.size();
    }

    synchronized long feedback() {
        return feedback;
    }

    /** Rows that stand now, by dataset. */
    synchronized Map<String, Integer> rows() {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach((dataset, ids) -> counts.put(dataset, ids.size()));
        return counts;
    }

    /** The last verdict of the gate; null before the first. */
    synchronized @Nullable GateVerdict gate() {
        return gate;
    }

    /** The gate's verdict in a word, {@code NONE} before the first. */
    synchronized String gateWord() {
        return gate == null
                ? "NONE"
                : gate.getVerdict() == Verdict.UNKNOWN
                        ? "OPEN"
                        : gate.getVerdict().name();
    }

    private static boolean isDataset(Channel channel) {
        return channel.baseName().startsWith("datasets.");
    }

    private static String dataset(Channel channel) {
        return channel.baseName().substring("datasets.".length());
    }

    /** Questions judged so far, for a person. */
    synchronized List<String> questions() {
        Map<String, Integer> counts = new TreeMap<>();
        judgments.values().forEach(each -> counts.merge(asked(each), 1, Integer::sum));
        List<String> lines = new ArrayList<>();
        counts.forEach((question, count) -> lines.add(question + " " + count));
        return lines;
    }

    /** The question of the policy: what is asked of each text has the text's id behind it. */
    private static String asked(Judgment judgment) {
        String id = judgment.getQuestionId();
        int end = id.indexOf('|');
        return end < 0 ? id : id.substring(0, end);
    }
}
