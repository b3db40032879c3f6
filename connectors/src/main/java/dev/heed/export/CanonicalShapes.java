package dev.heed.export;

import static dev.heed.export.Column.flag;
import static dev.heed.export.Column.messages;
import static dev.heed.export.Column.number;
import static dev.heed.export.Column.text;
import static dev.heed.export.Column.texts;

import dev.heed.event.Dataset;
import dev.heed.out.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows as they are, with their provenance: what can be told from no other shape. */
final class CanonicalShapes {
    static final String NAME = "canonical";

    private static final List<Column> PROVENANCE = List.of(
            text("row_hash"),
            number("revision"),
            texts("event_ids"),
            texts("rater_ids"),
            number("judgment_revision"),
            number("belief_micros"),
            number("policy_version"),
            text("rubric_version"),
            number("consent_epoch"),
            texts("model_ids"),
            texts("model_versions"),
            texts("template_versions"));

    static final List<Shape> ALL = List.of(
            shape(
                    Dataset.PREFERENCE,
                    List.of(text("chosen"), text("rejected")),
                    row -> Arrays.asList(row.answer(), row.rejectedText())),
            shape(Dataset.SFT, List.of(text("completion")), row -> Arrays.asList(row.answer())),
            shape(
                    Dataset.BINARY,
                    List.of(text("completion"), flag("label")),
                    row -> Arrays.asList(row.answer(), row.isGood())),
            shape(
                    Dataset.CRITIQUE,
                    List.of(text("completion"), text("critique")),
                    row -> Arrays.asList(row.answer(), row.critiqueText())),
            shape(
                    Dataset.GUARDRAIL,
                    List.of(text("completion"), text("class_name")),
                    row -> Arrays.asList(row.answer(), row.classText())));

    private CanonicalShapes() {}

    private static Shape shape(
            Dataset dataset, List<Column> own, Function<TrainingRow, List<@Nullable Object>> ownValues) {
        List<Column> columns = new ArrayList<>(List.of(text("row_id"), messages("prompt")));
        columns.addAll(own);
        columns.addAll(PROVENANCE);
        return new Shape(NAME, dataset, columns, Fit.ANY, row -> {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(row.rowId());
            values.add(row.prompt());
            values.addAll(ownValues.apply(row));
            values.addAll(provenance(row));
            return values;
        });
    }

    private static List<@Nullable Object> provenance(TrainingRow row) {
        Provenance from = row.provenance();
        return Arrays.asList(
                row.rowHash(),
                (long) row.revision(),
                from.getEventIds(),
                from.getRaterIds(),
                (long) from.getJudgmentRevision(),
                from.getBeliefMicros(),
                (long) from.getPolicyVersion(),
                from.getRubricVersion(),
                from.getConsentEpoch(),
                from.getModelIds(),
                from.getModelVersions(),
                from.getTemplateVersions());
    }
}
