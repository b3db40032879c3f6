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
        interaction("chat");
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
    void aDatasetWithACapHasAsManyRowsAsItHasRoomForAndNoOthers() {
        said(ConsentKind.GRANT, "3");
        for (int i = 0; i <= FaultPolicy.CAP; i++) {
            String id = "item" + i;
            interaction(id);
            judgment(id, FaultPolicy.VIOLATION, "ok", RaterKind.HUMAN);
            for (String dataset : List.of("binary", "guardrail", "sft")) {
                if (i < FaultPolicy.CAP || !dataset.equals("sft")) {
                    row(id + "|violation|" + dataset, RowOp.ADD, 1, "ok");
                }
            }
        }
        assertThat(rowBreaches())
                .as("one more is allowed, and there is no room")
                .isEmpty();

        row("item0|violation|sft", RowOp.RETRACT, 2, "ok");
        assertThat(rowBreaches())
                .containsExactly(
                        "dataset-log: 19 rows of sft stand in TRAIN (expected: 20 of the 21 that are allowed)");

        row("item0|violation|sft", RowOp.ADD, 3, "ok");
        row("item20|violation|sft", RowOp.ADD, 1, "ok");
        assertThat(rowBreaches())
                .containsExactly(
                        "dataset-log: 21 rows of sft stand in TRAIN (expected: 20 of the 21 that are allowed)");

        judgment("item0", FaultPolicy.VIOLATION, "violation", RaterKind.HUMAN);
        assertThat(rowBreaches()).contains("dataset-log: row item0|violation|sft is ok (expected: nothing)");
    }

    private List<String> rowBreaches() {
        return breaches().stream()
                .filter(each -> each.startsWith("dataset-log"))
                .toList();
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

    private void interaction(String id) {
        Interaction interaction = new Interaction();
        interaction.setInteractionId(id);
        interaction.setSubjectId("kim");
        log(Channel.INTERACTIONS, id, interaction);
    }

    private void judged(String answer, RaterKind... kinds) {
        judgment("chat", FaultPolicy.PREFERENCE, answer, kinds);
    }

    private void judgment(String id, String question, String answer, RaterKind... kinds) {
        Judgment judgment = new Judgment();
        judgment.setInteractionId(id);
        judgment.setQuestionId(question);
        judgment.setClassName(answer);
        judgment.setLabels(
                Stream.of(kinds).map(RowsAreWhatWasAllowedTest::label).toList());
        log(Channel.JUDGMENTS, id + "|" + question, judgment);
    }

    private static SubmittedLabel label(RaterKind kind) {
        SubmittedLabel label = new SubmittedLabel();
        label.setRaterKind(kind);
        return label;
    }

    private void delta(RowOp op, int revision, String answer) {
        row(ROW, op, revision, answer);
    }

    private void row(String rowId, RowOp op, int revision, String answer) {
        Delta delta = new Delta();
        delta.setRowId(rowId);
        delta.setOp(op);
        delta.setRevision(revision);
        delta.setClassName(answer);
        delta.setSplit(Split.TRAIN);
        log(Channel.DATASET_LOG, rowId, delta);
    }

    private void log(Channel channel, String key, @Nullable SpecificRecord value) {
        List<LogView.Logged> log = logs.computeIfAbsent(channel, first -> new ArrayList<>());
        log.add(new LogView.Logged(channel.baseName(), 0, log.size(), key, value));
    }
}
