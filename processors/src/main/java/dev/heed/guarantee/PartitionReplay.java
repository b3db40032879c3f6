package dev.heed.guarantee;

import dev.heed.core.NotUpgraded;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.core.State;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides one partition of a journal again, record by record, and holds each fact against the one that is stored. Holds
 * nothing but the stage's state. What was decided at a level that this code can no longer do is taken from the stored
 * facts, for others to check by hash.
 */
public final class PartitionReplay {
    private final Stage stage;
    private final StageRunner runner;
    private final int partition;
    private final State state;
    private final Iterator<StoredFact> facts;
    private @Nullable StoredFact next;
    private @Nullable Mismatch mismatch;
    private long journalRecords;
    private long decidedFacts;
    private long olderFacts;

    /**
     * Where the record and the decision part.
     *
     * @param factsOffset offset in the facts topic, or -1 where no fact is stored
     * @param journalOffset offset of the journal record that was decided
     * @param recorded the stored fact, in words where there is none
     * @param decided the fact decided again, in words where there is none
     */
    public record Mismatch(
            String stage, int partition, long factsOffset, long journalOffset, String recorded, String decided) {
        /** One line that names the place, and the two facts on lines of their own. */
        public String text() {
            return stage + " partition " + partition + ", journal offset " + journalOffset
                    + (factsOffset < 0 ? "" : ", facts offset " + factsOffset) + ": the decision is not the record"
                    + "\n    recorded  " + recorded + "\n    decided   " + decided;
        }
    }

    /**
     * @param state an empty one
     * @param facts the stored facts in the order of their offsets; read as far as the journal goes
     */
    public PartitionReplay(Stage stage, int partition, State state, Iterator<StoredFact> facts) {
        this.stage = stage;
        this.runner = new StageRunner(stage);
        this.partition = partition;
        this.state = state;
        this.facts = facts;
        advance();
    }

    /**
     * Decides the next journal record.
     *
     * @return false from the first mismatch on, after which nothing is decided: the state is not to be trusted
     */
    public boolean read(LogView.Logged record) {
        if (mismatch != null) {
            return false;
        }
        SpecificRecord event = record.value();
        if (event == null) {
            return differ(record.offset(), "bytes in the journal that are no event", "nothing");
        }
        journalRecords++;
        try {
            if (runner.level(state) < stage.lowestLevel()) {
                runner.advanceClock(state, event);
                return takeOver(record.offset());
            }
            return decide(record, event);
        } catch (NotUpgraded
                | AvroRuntimeException
                | IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException
                | NoSuchElementException
                | NullPointerException failed) {
            // A forged record can break what no real one breaks, and must be named and not end the replay.
            return differ(record.offset(), text(), "nothing, for it fails with " + failed);
        }
    }

    /** Says that the journal ends here, so that no further fact may stand. */
    public void finish(long journalEnd) {
        if (mismatch == null && next != null) {
            differ(journalEnd, next.text(), "nothing: the journal ends before");
        }
    }

    private boolean decide(LogView.Logged record, SpecificRecord event) {
        String key = Objects.requireNonNullElse(record.key(), "");
        for (SpecificRecord fact :
                runner.step(state, record.offset(), key, event).facts()) {
            if (next == null || !next.is(key, fact)) {
                return differ(record.offset(), text(), fact.toString());
            }
            decidedFacts++;
            advance();
        }
        if (next != null && next.journalOffset() <= record.offset()) {
            return differ(record.offset(), text(), "nothing more");
        }
        return true;
    }

    /** The policy in force says at which level a record was decided: were the fact believed, a forged one could say so. */
    private boolean takeOver(long journalOffset) {
        while (next != null && next.value() != null && next.journalOffset() == journalOffset) {
            int level = runner.level(state);
            if (runner.header(next.value()).getDecisionLevel() != level) {
                return differ(journalOffset, next.text(), "a fact of decision level " + level);
            }
            runner.apply(state, next.value());
            olderFacts++;
            advance();
        }
        return true;
    }

    private String text() {
        return next == null ? "nothing: the facts end before" : next.text();
    }

    private boolean differ(long journalOffset, String recorded, String decided) {
        mismatch = new Mismatch(
                stage.name(), partition, next == null ? -1 : next.offset(), journalOffset, recorded, decided);
        return false;
    }

    private void advance() {
        next = facts.hasNext() ? facts.next() : null;
    }

    /** Where the record and the decision part first, if they do. */
    public Optional<Mismatch> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    /** Journal records read. */
    public long journalRecords() {
        return journalRecords;
    }

    /** Facts that were decided again and are what is stored. */
    public long decidedFacts() {
        return decidedFacts;
    }

    /** Facts of an older decision level, taken as they are stored. */
    public long olderFacts() {
        return olderFacts;
    }
}
