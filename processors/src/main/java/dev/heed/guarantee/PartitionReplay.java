package dev.heed.guarantee;

import dev.heed.core.NotUpgraded;
import dev.heed.core.Stage;
import dev.heed.core.StageRunner;
import dev.heed.core.State;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PolicyInstalled;
import dev.heed.policy.Policy;
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
        String key = Objects.requireNonNullElse(record.key(), "");
        try {
            Policy installs = runner.installs(state, event);
            boolean decided = runner.level(state, installs) < stage.lowestLevel()
                    ? takeOver(record.offset(), key, event, installs)
                    : decide(record.offset(), key, event);
            return decided && hasNothingMore(record.offset());
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

    private boolean decide(long journalOffset, String key, SpecificRecord event) {
        for (SpecificRecord fact : runner.step(state, journalOffset, key, event).facts()) {
            if (next == null || !next.is(key, fact)) {
                return differ(journalOffset, text(), fact.toString());
            }
            decidedFacts++;
            advance();
        }
        return true;
    }

    /**
     * Takes what follows from a record as it is stored. What does not depend on the level is held against the journal all
     * the same: each fact's header, and which policy comes in force. So the journal says at which level a record was
     * decided, and no forged fact can.
     */
    private boolean takeOver(long journalOffset, String key, SpecificRecord event, @Nullable Policy installs) {
        runner.advanceClock(state, event);
        int index = 0;
        for (; next != null && next.journalOffset() == journalOffset; index++) {
            SpecificRecord fact = next.value();
            if (fact == null) {
                break;
            }
            FactHeader header = runner.header(state, journalOffset, index, key);
            if (!key.equals(next.key()) || !runner.header(fact).equals(header)) {
                return differ(journalOffset, next.text(), "a fact under the header " + header);
            }
            Policy expected = index == 0 ? installs : null;
            if (!Objects.equals(installed(fact), expected)) {
                return differ(journalOffset, next.text(), text(expected));
            }
            runner.apply(state, fact);
            olderFacts++;
            advance();
        }
        return index > 0 || installs == null || differ(journalOffset, text(), text(installs));
    }

    private @Nullable Policy installed(SpecificRecord factEnvelope) {
        return runner.fact(factEnvelope) instanceof PolicyInstalled installed ? installed.getPolicy() : null;
    }

    private static String text(@Nullable Policy installs) {
        return installs == null ? "no other policy" : "policy " + installs.getPolicyVersion() + " comes in force";
    }

    private boolean hasNothingMore(long journalOffset) {
        return next == null || next.journalOffset() > journalOffset || differ(journalOffset, text(), "nothing more");
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
