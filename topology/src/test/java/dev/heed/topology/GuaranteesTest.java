package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.RowOp;
import dev.heed.fact.CalibrationFact;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.QueuesFact;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.intake.PublicInput;
import dev.heed.out.Delta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A promise that cannot be broken promises nothing: each is shown a log with one thing wrong. */
class GuaranteesTest {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final List<Stage> STAGES = LoopTopology.stages(SECRET);

    private static LoopScheduler loop;

    @BeforeAll
    static void runALoop() {
        loop = new LoopScheduler(2, STAGES, SECRET, RandomHistory.START_MS, 7, 0);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        new RandomHistory(7).play(loop, 500);
        loop.runToEnd();
    }

    @Test
    void aMissingJournalRecordIsALostInput() {
        LogView tampered = without(Channel.SUBJECTS_JOURNAL, record -> has(record, "consent"));

        NothingLost.Account account = new NothingLost().account(tampered);

        assertThat(new NothingLost().account(loop).breaches()).isEmpty();
        assertThat(account.lost()).isEqualTo(1);
        assertThat(account.breaches())
                .singleElement()
                .asString()
                .contains("consents-")
                .contains("came to no end");
    }

    @Test
    void aJournalRecordWrittenTwiceIsADuplicatedInput() {
        LogView tampered = twice(Channel.ITEMS_JOURNAL, record -> has(record, "source"));

        assertThat(new NothingLost().account(tampered).duplicated()).isEqualTo(1);
    }

    @Test
    void aFactChangedMissingOrMadeUpIsSeenByReplay() {
        Predicate<LogView.Logged> triaged =
                record -> record.value() instanceof ItemsFact fact && fact.getTriaged() != null;

        breaks(new ReplayIsIdentical(STAGES), without(Channel.ITEMS_FACTS, triaged));
        breaks(new ReplayIsIdentical(STAGES), twice(Channel.ITEMS_FACTS, triaged));
        breaks(new ReplayIsIdentical(STAGES), changed(Channel.ITEMS_FACTS, triaged, record -> {
            ItemsFact copy = copy((ItemsFact) record);
            copy.getTriaged()
                    .getScores()
                    .setRiskMicros(copy.getTriaged().getScores().getRiskMicros() + 1);
            return copy;
        }));
    }

    @Test
    void aLabelCountedTwiceIsOverspent() {
        breaks(
                new SpendIsBounded(),
                twice(
                        Channel.ITEMS_FACTS,
                        record -> record.value() instanceof ItemsFact fact && fact.getLabelAccepted() != null));
    }

    @Test
    void aTaskFromAnEmptyBucketIsOverspent() {
        breaks(
                new SpendIsBounded(),
                changed(
                        Channel.QUEUES_FACTS,
                        record -> record.value() instanceof QueuesFact fact
                                && fact.getTaskLeased() != null
                                && !fact.getTaskLeased().getOverdraft(),
                        record -> {
                            QueuesFact copy = copy((QueuesFact) record);
                            copy.getTaskLeased().setBucketBeforeMicros(999_999);
                            return copy;
                        }));
    }

    @Test
    void aBeliefMovedWithoutItsCountsIsSeen() {
        breaks(
                new ReplayIsIdentical(STAGES),
                without(
                        Channel.CALIBRATION_FACTS,
                        record -> record.value() instanceof CalibrationFact fact && fact.getBeliefMoved() != null));
        assertThat(new CountsAreSums().breaches(loop)).isEmpty();
    }

    @Test
    void aRowWithoutItsRetractionIsSeen() {
        Predicate<LogView.Logged> retracted = record -> record.value() instanceof ItemsFact fact
                && fact.getRowChanged() != null
                && fact.getRowChanged().getDelta().getOp() == RowOp.RETRACT;

        breaks(new RowsFollowConsentAndJudgment(), without(Channel.ITEMS_FACTS, retracted));
        breaks(
                new RowsFollowConsentAndJudgment(),
                without(Channel.DATASET_LOG, record -> record.value() instanceof Delta));
    }

    private static void breaks(Guarantee guarantee, LogView tampered) {
        assertThat(guarantee.breaches(loop)).isEmpty();
        assertThat(guarantee.breaches(tampered)).isNotEmpty();
    }

    private static LogView without(Channel channel, Predicate<LogView.Logged> which) {
        return tamper(channel, which, record -> List.of());
    }

    private static LogView twice(Channel channel, Predicate<LogView.Logged> which) {
        return tamper(channel, which, record -> List.of(record, record));
    }

    private static LogView changed(
            Channel channel, Predicate<LogView.Logged> which, UnaryOperator<SpecificRecord> change) {
        return tamper(
                channel,
                which,
                record -> List.of(new LogView.Logged(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.key(),
                        change.apply(Objects.requireNonNull(record.value())))));
    }

    /** The loop's logs with something else in the place of the first such record. */
    private static LogView tamper(
            Channel channel, Predicate<LogView.Logged> which, Function<LogView.Logged, List<LogView.Logged>> instead) {
        LogView.Logged first = loop.records(channel).stream()
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the run has no such record on " + channel));
        List<LogView.Logged> tampered = new ArrayList<>();
        loop.records(channel)
                .forEach(record -> tampered.addAll(record == first ? instead.apply(record) : List.of(record)));
        return asked -> asked == channel ? tampered : loop.records(asked);
    }

    private static boolean has(LogView.Logged record, String field) {
        SpecificRecord value = Objects.requireNonNull(record.value());
        return value.get(value.getSchema().getField(field).pos()) != null;
    }

    private static <T extends SpecificRecord> T copy(T record) {
        return SpecificData.get().deepCopy(record.getSchema(), record);
    }
}
