package dev.heed.whatif;

import dev.heed.core.StageRunner;
import dev.heed.event.Lane;
import dev.heed.event.RowOp;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.FactHeader;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.Triaged;
import dev.heed.journal.LeaseGranted;
import dev.heed.math.Merkle;
import dev.heed.math.MerkleFrontier;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.serde.AvroBytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** What a run of all stages came to, kept from its facts: one entry for each item, row and hand-out. */
public final class Ledger {
    private final MerkleFrontier[] trees;
    private final Map<String, Triaged> looks = new TreeMap<>();
    private final Map<String, String> escalations = new TreeMap<>();
    private final Map<String, Judgment> judgments = new TreeMap<>();
    private final Map<String, Long> firstLooks = new TreeMap<>();
    private final Map<String, Long> propensities = new TreeMap<>();
    private final Map<String, String> rows = new TreeMap<>();
    private final List<HandOut> handOuts = new ArrayList<>();

    /**
     * A label that was asked for.
     *
     * @param item {@code interaction|question}
     * @param timeMs the queue's time, milliseconds since the epoch
     */
    public record HandOut(String item, LeaseGranted lease, long timeMs, long priceMicros) {}

    Ledger(int tasks) {
        trees = new MerkleFrontier[tasks];
        for (int i = 0; i < tasks; i++) {
            trees[i] = MerkleFrontier.empty();
        }
    }

    void add(int task, StageRunner runner, List<SpecificRecord> envelopes) {
        for (SpecificRecord envelope : envelopes) {
            trees[task] = trees[task].append(Merkle.leaf(AvroBytes.of(envelope)));
            add(runner.header(envelope), runner.fact(envelope));
        }
    }

    private void add(FactHeader header, SpecificRecord fact) {
        if (fact instanceof Triaged look) {
            String item = item(look.getInteractionId(), look.getQuestionId());
            looks.put(item, look);
            firstLooks.putIfAbsent(item, header.getTimeMs());
        } else if (fact instanceof EscalationOpened opened) {
            escalations.put(item(opened.getInteractionId(), opened.getQuestionId()), opened.getLevel());
        } else if (fact instanceof EscalationRaised raised) {
            escalations.put(item(raised.getInteractionId(), raised.getQuestionId()), raised.getLevel());
        } else if (fact instanceof dev.heed.fact.Judged judged) {
            Judgment judgment = judged.getJudgment();
            judgments.put(item(judgment.getInteractionId(), judgment.getQuestionId()), judgment);
        } else if (fact instanceof dev.heed.fact.RowChanged changed) {
            Delta delta = changed.getDelta();
            if (delta.getOp() == RowOp.RETRACT) {
                rows.remove(delta.getRowId());
            } else {
                rows.put(delta.getRowId(), delta.getClassName() + " " + delta.getSplit());
            }
        } else if (fact instanceof TaskLeased leased && !leased.getLease().getGold()) {
            LeaseGranted lease = leased.getLease();
            String item = item(lease.getInteractionId(), lease.getQuestionId());
            handOuts.add(new HandOut(item, lease, header.getTimeMs(), leased.getPriceMicros()));
            long chance = lease.getLane() == Lane.EXPLORATION ? lease.getPropensityMicros() : 1_000_000;
            propensities.merge(item, chance, Math::max);
        }
    }

    static String item(String interactionId, String questionId) {
        return interactionId + "|" + questionId;
    }

    /** How many facts there are. */
    public long facts() {
        return Stream.of(trees).mapToLong(MerkleFrontier::size).sum();
    }

    /** Of each task the root over its facts: two runs with the same roots decided the same, byte for byte. */
    public List<String> roots() {
        return Stream.of(trees)
                .map(tree -> HexFormat.of().formatHex(tree.root()))
                .toList();
    }

    /** The last look at each item. */
    public Map<String, Triaged> looks() {
        return looks;
    }

    /** The highest level that each escalated item came to. */
    public Map<String, String> escalations() {
        return escalations;
    }

    /** The judgment that stands on each item. */
    public Map<String, Judgment> judgments() {
        return judgments;
    }

    /** When each item was first looked at. */
    public Map<String, Long> firstLooks() {
        return firstLooks;
    }

    /** The rows that stand, with class and side. */
    public Map<String, String> rows() {
        return rows;
    }

    /** All labels that were asked for, in the order of their queues; gold apart. */
    public List<HandOut> handOuts() {
        return handOuts;
    }

    /** The chance that a person looked at the item, in micros; 0 where none was asked. */
    long propensityMicros(String item) {
        return escalations.containsKey(item) ? 1_000_000 : propensities.getOrDefault(item, 0L);
    }
}
