package dev.heed.console;

import dev.heed.core.Channel;
import dev.heed.fact.QueuesFact;
import dev.heed.journal.Price;
import dev.heed.out.DeadLetter;
import dev.heed.out.Escalation;
import dev.heed.out.GateVerdict;
import dev.heed.out.Judgment;
import dev.heed.topology.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What is known of a loop from its committed records. Whoever reads the topics tells it; thread-safe. */
public final class StatusBoard {
    /** Latest escalations and judgments shown. */
    public static final int LATEST = 15;
    /** Most candidates and reasons held; later ones are not shown. */
    private static final int MOST_NAMES = 100;

    private final String title;
    private final Map<Channel, Long> records = new EnumMap<>(Channel.class);
    private final Deque<Escalation> escalations = new ArrayDeque<>();
    private final Deque<Judgment> judgments = new ArrayDeque<>();
    private final Map<String, Price> prices = new TreeMap<>();
    private final Map<String, GateVerdict> gates = new TreeMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private @Nullable Flow flow;

    /**
     * @param title what the page is headed with
     */
    public StatusBoard(String title) {
        this.title = title;
    }

    /** What a page needs beyond the counts. */
    public static List<Channel> decoded() {
        return List.of(
                Channel.ESCALATIONS,
                Channel.JUDGMENTS,
                Channel.GATE_VERDICTS,
                Channel.DEAD_LETTERS,
                Channel.QUEUES_FACTS);
    }

    /** What is only counted. */
    public static List<Channel> counted() {
        return List.of(
                Channel.INTERACTIONS,
                Channel.SIGNALS,
                Channel.FEEDBACK,
                Channel.RATERS,
                Channel.CONSENTS,
                Channel.POLICIES,
                Channel.EVALUATIONS,
                Channel.ACTIONS,
                Channel.TRIAGE,
                Channel.TASKS,
                Channel.DATASET_LOG,
                Channel.DATASET_PREFERENCE,
                Channel.DATASET_SFT,
                Channel.DATASET_BINARY,
                Channel.DATASET_CRITIQUE,
                Channel.DATASET_GUARDRAIL);
    }

    /**
     * Takes one committed record.
     *
     * @param value null for one that was not decoded
     */
    public synchronized void read(Channel channel, @Nullable SpecificRecord value) {
        records.merge(channel, 1L, Long::sum);
        if (value instanceof Escalation escalation) {
            push(escalations, escalation);
        } else if (value instanceof Judgment judgment) {
            push(judgments, judgment);
        } else if (value instanceof GateVerdict verdict) {
            put(gates, verdict.getCandidateId(), verdict);
        } else if (value instanceof DeadLetter letter && room(refusals, letter.getReasonCode())) {
            refusals.merge(letter.getReasonCode(), 1L, Long::sum);
        } else if (value instanceof QueuesFact fact && fact.getPriceSet() != null) {
            Price price = fact.getPriceSet().getPrice();
            put(prices, price.getPool(), price);
        }
    }

    /** Takes how full the loop is. */
    public synchronized void read(Flow found) {
        flow = found;
    }

    /** The state of the board, for one page. */
    synchronized Snapshot snapshot() {
        return new Snapshot(
                title,
                new EnumMap<>(records),
                List.copyOf(escalations),
                List.copyOf(judgments),
                new ArrayList<>(prices.values()),
                new ArrayList<>(gates.values()),
                new TreeMap<>(refusals),
                flow);
    }

    /**
     * The board at one moment.
     *
     * @param records committed records by channel
     * @param escalations the latest changes, the newest first
     * @param judgments the latest, the newest first
     * @param refusals dead letters by reason code
     * @param flow how full the loop is, or null when it runs elsewhere
     */
    record Snapshot(
            String title,
            Map<Channel, Long> records,
            List<Escalation> escalations,
            List<Judgment> judgments,
            List<Price> prices,
            List<GateVerdict> gates,
            Map<String, Long> refusals,
            @Nullable Flow flow) {}

    private static <T> void push(Deque<T> latest, T value) {
        latest.addFirst(value);
        if (latest.size() > LATEST) {
            latest.removeLast();
        }
    }

    private static <T> void put(Map<String, T> named, String name, T value) {
        if (room(named, name)) {
            named.put(name, value);
        }
    }

    private static boolean room(Map<String, ?> named, String name) {
        return named.size() < MOST_NAMES || named.containsKey(name);
    }
}
