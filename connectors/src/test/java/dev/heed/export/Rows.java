package dev.heed.export;

import dev.heed.event.Dataset;
import dev.heed.event.Message;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.out.BinaryRow;
import dev.heed.out.CritiqueRow;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.GuardrailRow;
import dev.heed.out.PreferenceRow;
import dev.heed.out.Provenance;
import dev.heed.out.SftRow;
import java.util.List;

/** Rows to export. */
final class Rows {
    static final List<Message> SKY = List.of(new Message("user", "What color is the sky?"));
    static final List<Message> TUTOR = List.of(
            new Message("system", "Be kind."),
            new Message("user", "Hi"),
            new Message("assistant", "Hello"),
            new Message("user", "Why is it blue?"));

    static final Provenance PROVENANCE = new Provenance(
            List.of("i-1", "l-1"),
            List.of("ann"),
            2,
            910_000L,
            3,
            "r1",
            7L,
            List.of("m"),
            List.of("m1"),
            List.of("t1"));

    private Rows() {}

    static TrainingRow preference(String id, List<Message> prompt) {
        return TrainingRow.of(
                new PreferenceRow(id, prompt, "It is blue.", "It is green.", Split.TRAIN, "hash", 1, PROVENANCE));
    }

    static TrainingRow sft(List<Message> prompt) {
        return TrainingRow.of(new SftRow("s", prompt, "It is blue.", Split.TRAIN, "hash", 1, PROVENANCE));
    }

    static TrainingRow binary(List<Message> prompt, boolean good) {
        return TrainingRow.of(new BinaryRow("b", prompt, "It is green.", good, Split.TRAIN, "hash", 1, PROVENANCE));
    }

    static TrainingRow critique(List<Message> prompt) {
        CritiqueRow row = CritiqueRow.newBuilder()
                .setRowId("c")
                .setPrompt(prompt)
                .setCompletion("It is green.")
                .setCritique("It is not.")
                .setSplit(Split.TRAIN)
                .setRowHash("hash")
                .setRevision(1)
                .setProvenance(PROVENANCE)
                .build();
        return TrainingRow.of(row);
    }

    static TrainingRow guardrail(List<Message> prompt) {
        return TrainingRow.of(
                new GuardrailRow("g", prompt, "It is green.", "violation", Split.TRAIN, "hash", 1, PROVENANCE));
    }

    /** A row of a version, with or without its text. */
    static VersionRow sealed(String id, Split split, boolean erased) {
        Delta delta = Delta.newBuilder()
                .setRowId(id)
                .setDataset(Dataset.PREFERENCE)
                .setOp(RowOp.ADD)
                .setRevision(1)
                .setInteractionId("i-" + id)
                .setQuestionId("preference")
                .setClassName("first")
                .setSplit(split)
                .setPromptKey("i|prompt")
                .setRowHash("hash-" + id)
                .setCause("judged")
                .setProvenance(PROVENANCE)
                .setDecidedAtMs(1L)
                .build();
        return new VersionRow(delta, erased ? null : preference(id, SKY));
    }

    static DatasetVersion version() {
        return DatasetVersion.newBuilder()
                .setDataset("preference")
                .setVersion(3)
                .setRoot("abc")
                .setRows(2)
                .setSealedAtMs(1_000L)
                .setParent(2)
                .setPolicyVersions(List.of(1, 3))
                .setRubricVersions(List.of("r1"))
                .build();
    }
}
