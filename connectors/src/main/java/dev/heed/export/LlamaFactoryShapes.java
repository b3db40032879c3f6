package dev.heed.export;

import static dev.heed.export.Column.flag;
import static dev.heed.export.Column.text;
import static dev.heed.export.Conversation.answer;
import static dev.heed.export.Conversation.history;
import static dev.heed.export.Conversation.question;
import static dev.heed.export.Conversation.share;
import static dev.heed.export.Conversation.shares;
import static dev.heed.export.Conversation.system;
import static dev.heed.export.Conversation.with;
import static dev.heed.export.TrlShapes.asked;
import static dev.heed.export.TrlShapes.said;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.event.Dataset;
import dev.heed.event.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The alpaca and sharegpt forms of LLaMA-Factory, and the entry of {@code dataset_info.json} that says which column is
 * what, by <a href="https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md">its data page</a>. It documents no
 * form for a guardrail.
 */
final class LlamaFactoryShapes {
    private static final String ALPACA = "alpaca";
    private static final String SHAREGPT = "sharegpt";

    /** Our column to the name that dataset_info.json gives its part. */
    private static final Map<String, String> PARTS = Map.of(
            "instruction", "prompt",
            "input", "query",
            "output", "response",
            "system", "system",
            "history", "history",
            "conversations", "messages",
            "chosen", "chosen",
            "rejected", "rejected",
            "kto_tag", "kto_tag");

    private static final Column SHARES = new Column("conversations", Column.Kind.SHARES);

    static final List<Shape> ALL = List.of(
            sharegpt(
                    Dataset.PREFERENCE,
                    List.of(new Column("chosen", Column.Kind.SHARE), new Column("rejected", Column.Kind.SHARE)),
                    TrainingRow::prompt,
                    row -> Arrays.asList(share(answer(row.answer())), share(answer(row.rejectedText())))),
            alpaca(
                    Dataset.PREFERENCE,
                    List.of(text("chosen"), text("rejected")),
                    row -> Arrays.asList(row.answer(), row.rejectedText())),
            sharegpt(Dataset.SFT, List.of(), row -> with(row.prompt(), answer(row.answer())), row -> List.of()),
            alpaca(Dataset.SFT, List.of(text("output")), row -> Arrays.asList(row.answer())),
            sharegpt(
                    Dataset.BINARY,
                    List.of(flag("kto_tag")),
                    row -> with(row.prompt(), answer(row.answer())),
                    row -> Arrays.asList(row.isGood())),
            alpaca(
                    Dataset.BINARY,
                    List.of(text("output"), flag("kto_tag")),
                    row -> Arrays.asList(row.answer(), row.isGood())),
            sharegpt(Dataset.CRITIQUE, List.of(), row -> with(asked(row), answer(said(row))), row -> List.of()),
            alpaca(Dataset.CRITIQUE, List.of(text("output")), row -> Arrays.asList(said(row))));

    private LlamaFactoryShapes() {}

    private static Shape sharegpt(
            Dataset dataset,
            List<Column> own,
            Function<TrainingRow, List<Message>> turns,
            Function<TrainingRow, List<@Nullable Object>> ownValues) {
        List<Column> columns = new ArrayList<>(List.of(SHARES));
        columns.addAll(own);
        columns.add(text("system"));
        return new Shape(SHAREGPT, dataset, columns, Fit.ALTERNATING, row -> {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(shares(turns.apply(row)));
            values.addAll(ownValues.apply(row));
            values.add(system(row.prompt()));
            return values;
        });
    }

    private static Shape alpaca(
            Dataset dataset, List<Column> own, Function<TrainingRow, List<@Nullable Object>> ownValues) {
        List<Column> columns = new ArrayList<>(List.of(text("instruction"), text("input")));
        columns.addAll(own);
        columns.addAll(List.of(text("system"), new Column("history", Column.Kind.PAIRS)));
        return new Shape(ALPACA, dataset, columns, Fit.DIALOGUE, row -> {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(question(asked(row)));
            values.add("");
            values.addAll(ownValues.apply(row));
            values.add(system(row.prompt()));
            values.add(history(asked(row)));
            return values;
        });
    }

    /** What dataset_info.json says of a file in this shape. */
    static ObjectNode description(Shape shape, String fileName) {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description.put("file_name", fileName);
        description.put("formatting", shape.name());
        if (shape.dataset() == Dataset.PREFERENCE) {
            description.put("ranking", true);
        }
        ObjectNode columns = description.putObject("columns");
        for (Column column : shape.columns()) {
            String part = PARTS.get(column.name());
            if (part == null) {
                throw new IllegalStateException("column " + column.name() + " has no name in dataset_info.json");
            }
            columns.put(part, column.name());
        }
        if (shape.name().equals(SHAREGPT)) {
            description
                    .putObject("tags")
                    .put("role_tag", "from")
                    .put("content_tag", "value")
                    .put("user_tag", "human")
                    .put("assistant_tag", "gpt")
                    .put("observation_tag", "observation");
        }
        return description;
    }
}
