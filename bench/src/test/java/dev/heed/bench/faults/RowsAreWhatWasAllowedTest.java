package dev.heed.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Interaction;
import dev.heed.event.RaterKind;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.guarantee.LogView;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Content;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One pair of one subject, and all that can be wrong with it. */
class RowsAreWhatWasAllowedTest {
    private static final String ROW = "chat|preference|preference";

    private final Map<Channel, List<LogView.Logged>> logs = new EnumMap<>(Channel.class);

    @BeforeEach
    void aRowStands() {
        Interaction interaction = new Interaction();
        interaction.setInteractionId("chat");
        interaction.setSubjectId("kim");
        log(Channel.INTERACTIONS, "chat", interaction);
        said(ConsentKind.GRANT, "1");
        judged("A", RaterKind.HUMAN);
        delta(RowOp.ADD, 1, "A");
        log(Channel.DATASET_PREFERENCE, ROW, new Delta());
        log(Channel.CONTENTS, "chat|prompt", new Content());
    }

    @Test
    void whatWasGrantedAndJudgedStands() {
        assertThat(breaches()).isEmpty();
    }

    @Test
    void aRowThatOutlivesItsGrantIsFound() {
        said(ConsentKind.WITHDRAW, "2");

        assertThat(breaches()).containsExactly("dataset-log: row " + ROW + " is A (expected: nothing)");
    }

    @Test
    void aRepeatedGrantDoesNotUndoTheWithdrawal() {
        said(ConsentKind.WITHDRAW, "2");
        said(ConsentKind.GRANT, "1");
        delta(RowOp.RETRACT, 2, "A");
        log(Channel.DATASET_PREFERENCE, ROW, null);

        assertThat(breaches()).isEmpty();
    }

    @Test
    void aRowOfAnotherJudgmentAndOneThatIsMissingAreFound() {
        judged("B", RaterKind.HUMAN);
        assertThat(breaches()).containsExactly("dataset-log: row " + ROW + " is A (expected: B)");

        delta(RowOp.RETRACT, 3, "A");
        delta(RowOp.REVISE, 2, "B");
        log(Channel.DATASET_PREFERENCE, ROW, null);
        assertThat(breaches()).containsExactly("dataset-log: row " + ROW + " is nothing (expected: B)");
    }

    @Test
    void aRowThatNoPersonStandsBehindIsFound() {
        judged("A", RaterKind.DETECTOR);
        assertThat(breaches()).containsExactly("dataset-log: row " + ROW + " is A (expected: nothing)");

        delta(RowOp.RETRACT, 2, "A");
        log(Channel.DATASET_PREFERENCE, ROW, null);
        assertThat(breaches()).isEmpty();

        judged("A", RaterKind.DETECTOR, RaterKind.HUMAN);
        assertThat(breaches()).containsExactly("dataset-log: row " + ROW + " is nothing (expected: A)");
    }

    @Test
    void aRowLeftInItsDatasetAndTextOfAnErasedSubjectAreFound() {
        said(ConsentKind.ERASE, "2");
        delta(RowOp.RETRACT, 2, "A");

        assertThat(breaches())
                .containsExactly(
                        "datasets: row " + ROW + " is a row (expected: nothing)",
                        "contents: chat|prompt is there (expected: nothing of an erased subject)");
    }

    private List<String> breaches() {
        return new RowsAreWhatWasAllowed().breaches(channel -> logs.getOrDefault(channel, List.of()));
    }

    private void said(ConsentKind kind, String eventId) {
        log(Channel.CONSENTS, "kim", new Consent(eventId, "kim", kind, List.of(ConsentScope.TRAIN), 0L, ""));
    }

    private void judged(String answer, RaterKind... kinds) {
        Judgment judgment = new Judgment();
        judgment.setInteractionId("chat");
        judgment.setQuestionId(FaultPolicy.PREFERENCE);
        judgment.setClassName(answer);
        judgment.setLabels(
                Stream.of(kinds).map(RowsAreWhatWasAllowedTest::label).toList());
        log(Channel.JUDGMENTS, "chat|preference", judgment);
    }

    private static SubmittedLabel label(RaterKind kind) {
        SubmittedLabel label = new SubmittedLabel();
        label.setRaterKind(kind);
        return label;
    }

    private void delta(RowOp op, int revision, String answer) {
        Delta delta = new Delta();
        delta.setRowId(ROW);
        delta.setOp(op);
        delta.setRevision(revision);
        delta.setClassName(answer);
        delta.setSplit(Split.TRAIN);
        log(Channel.DATASET_LOG, "chat", delta);
    }

    private void log(Channel channel, String key, @Nullable SpecificRecord value) {
        List<LogView.Logged> log = logs.computeIfAbsent(channel, first -> new ArrayList<>());
        log.add(new LogView.Logged(channel.baseName(), 0, log.size(), key, value));
    }
}
