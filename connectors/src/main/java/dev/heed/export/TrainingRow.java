package dev.heed.export;

import dev.heed.event.Dataset;
import dev.heed.event.Message;
import dev.heed.event.Split;
import dev.heed.out.BinaryRow;
import dev.heed.out.CritiqueRow;
import dev.heed.out.GuardrailRow;
import dev.heed.out.PreferenceRow;
import dev.heed.out.Provenance;
import dev.heed.out.SftRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A training row, whatever dataset it is of: the one record that every shape is written from.
 *
 * @param prompt the conversation so far
 * @param answer the chosen or only answer
 * @param rejected the other answer of a preference
 * @param good the mark of a single answer
 * @param critique what a rater found wrong with the answer
 * @param className the judged class, where the row is about it
 */
public record TrainingRow(
        String rowId,
        Dataset dataset,
        List<Message> prompt,
        String answer,
        @Nullable String rejected,
        @Nullable Boolean good,
        @Nullable String critique,
        @Nullable String className,
        Split split,
        int revision,
        String rowHash,
        Provenance provenance) {
    public TrainingRow {
        prompt = List.copyOf(prompt);
    }

    /**
     * The row of a dataset topic.
     *
     * @throws IllegalArgumentException when the record is no row
     */
    public static TrainingRow of(SpecificRecord row) {
        if (row instanceof PreferenceRow preference) {
            return of(preference);
        }
        if (row instanceof SftRow sft) {
            return of(sft);
        }
        if (row instanceof BinaryRow binary) {
            return of(binary);
        }
        if (row instanceof CritiqueRow critique) {
            return of(critique);
        }
        if (row instanceof GuardrailRow guardrail) {
            return of(guardrail);
        }
        throw new IllegalArgumentException(
                "a record of " + row.getSchema().getFullName() + " (expected: a row of a dataset)");
    }

    private static TrainingRow of(PreferenceRow row) {
        return new TrainingRow(
                row.getRowId(),
                Dataset.PREFERENCE,
                row.getPrompt(),
                row.getChosen(),
                row.getRejected(),
                null,
                null,
                null,
                row.getSplit(),
                row.getRevision(),
                row.getRowHash(),
                row.getProvenance());
    }

    private static TrainingRow of(SftRow row) {
        return new TrainingRow(
                row.getRowId(),
                Dataset.SFT,
                row.getPrompt(),
                row.getCompletion(),
                null,
                null,
                null,
                null,
                row.getSplit(),
                row.getRevision(),
                row.getRowHash(),
                row.getProvenance());
    }

    private static TrainingRow of(BinaryRow row) {
        return new TrainingRow(
                row.getRowId(),
                Dataset.BINARY,
                row.getPrompt(),
                row.getCompletion(),
                null,
                row.getLabel(),
                null,
                null,
                row.getSplit(),
                row.getRevision(),
                row.getRowHash(),
                row.getProvenance());
    }

    private static TrainingRow of(CritiqueRow row) {
        return new TrainingRow(
                row.getRowId(),
                Dataset.CRITIQUE,
                row.getPrompt(),
                row.getCompletion(),
                null,
                null,
                row.getCritique(),
                null,
                row.getSplit(),
                row.getRevision(),
                row.getRowHash(),
                row.getProvenance());
    }

    private static TrainingRow of(GuardrailRow row) {
        return new TrainingRow(
                row.getRowId(),
                Dataset.GUARDRAIL,
                row.getPrompt(),
                row.getCompletion(),
                null,
                null,
                null,
                row.getClassName(),
                row.getSplit(),
                row.getRevision(),
                row.getRowHash(),
                row.getProvenance());
    }

    private String field(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalStateException("row " + rowId + " of " + dataset + " has no " + name);
        }
        return value;
    }

    String rejectedText() {
        return field(rejected, "rejected answer");
    }

    String critiqueText() {
        return field(critique, "critique");
    }

    String classText() {
        return field(className, "class");
    }

    boolean isGood() {
        if (good == null) {
            throw new IllegalStateException("row " + rowId + " of " + dataset + " has no mark");
        }
        return good;
    }
}
