package dev.heed.audit;

import dev.heed.core.MemoryState;
import dev.heed.core.Stage;
import dev.heed.core.State;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.PartitionReplay;
import dev.heed.guarantee.StoredFact;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition of a stage's journal and facts once, side by side: grows both trees, and decides the journal again
 * as far as the stage has. Holds the stage's state and nothing else that grows.
 */
public final class PartitionAudit {
    private final RecordedLogs logs;
    private final Stage stage;
    private final int partition;
    private final TreeCheck journalTree;
    private final TreeCheck factsTree;

    /**
     * What a partition came to.
     *
     * @param decided facts that were decided again and are the same bytes
     * @param older facts of an older decision level, which are checked by hash alone
     * @param unproven those of them that no published head covers
     * @param undecided journal records that the stage had not answered
     * @param heads published heads that the logs bear out
     */
    public record Result(
            String stage,
            int partition,
            long journalRecords,
            long decided,
            long older,
            long unproven,
            long undecided,
            long heads,
            List<String> problems) {}

    public PartitionAudit(RecordedLogs logs, Stage stage, int partition) {
        this.logs = logs;
        this.stage = stage;
        this.partition = partition;
        this.journalTree = new TreeCheck(AuditedLog.journal(stage), partition, logs.heads());
        this.factsTree = new TreeCheck(AuditedLog.facts(stage), partition, logs.heads());
    }

    /** Decides again in memory. */
    public Result run() {
        return run(new MemoryState());
    }

    /** @param state an empty one to decide on */
    public Result run(State state) {
        long end = logs.decidedTo(stage.journal(), partition);
        Iterator<RecordedLogs.Raw> journal = logs.records(stage.journal(), partition);
        Facts facts = new Facts(end);
        PartitionReplay replay = new PartitionReplay(stage, partition, state, facts);
        long undecided = 0;
        while (journal.hasNext()) {
            RecordedLogs.Raw raw = journal.next();
            journalTree.read(raw);
            if (raw.offset() >= end) {
                undecided++;
            } else {
                LogView.Logged event = logs.event(stage.journal(), partition, raw);
                replay.read(event);
            }
        }
        replay.finish(end);
        facts.drain();
        journalTree.finish();
        factsTree.finish();
        return new Result(
                stage.name(),
                partition,
                replay.journalRecords(),
                replay.decidedFacts(),
                replay.olderFacts(),
                Math.max(0, replay.olderFacts() - factsTree.matchedSize()),
                undecided,
                journalTree.matched() + factsTree.matched(),
                problems(replay.mismatch()));
    }

    private List<String> problems(Optional<PartitionReplay.Mismatch> mismatch) {
        List<String> problems = new ArrayList<>();
        mismatch.ifPresent(found -> problems.add(found.text()));
        problems.addAll(journalTree.problems());
        problems.addAll(factsTree.problems());
        return List.copyOf(problems);
    }

    /** The facts of what was decided before the end, all of which go through the tree. */
    private final class Facts implements Iterator<StoredFact> {
        private final Iterator<RecordedLogs.Raw> raws = logs.records(stage.facts(), partition);
        private final long journalEnd;
        private @Nullable StoredFact next;
        private boolean ended;

        Facts(long journalEnd) {
            this.journalEnd = journalEnd;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended && raws.hasNext()) {
                RecordedLogs.Raw raw = raws.next();
                factsTree.read(raw);
                StoredFact fact = logs.fact(stage.facts(), raw);
                // What follows was decided after it was asked how far the stage had come.
                ended = fact.isDecidedFrom(journalEnd);
                next = ended ? null : fact;
            }
            return next != null;
        }

        @Override
        public StoredFact next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("no further fact");
            }
            StoredFact fact = next;
            next = null;
            return fact;
        }

        void drain() {
            while (raws.hasNext()) {
                factsTree.read(raws.next());
            }
        }
    }
}
