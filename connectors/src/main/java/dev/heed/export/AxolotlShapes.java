package dev.heed.export;

import static dev.heed.export.Column.flag;
import static dev.heed.export.Column.messages;
import static dev.heed.export.Column.text;
import static dev.heed.export.Conversation.answer;
import static dev.heed.export.Conversation.question;
import static dev.heed.export.Conversation.system;
import static dev.heed.export.Conversation.with;
import static dev.heed.export.TrlShapes.asked;
import static dev.heed.export.TrlShapes.said;

import dev.heed.event.Dataset;
import java.util.Arrays;
import java.util.List;

/**
 * Dataset types of axolotl, by its pages on <a href="https://docs.axolotl.ai/docs/rlhf.html">preference training</a>,
 * <a href="https://docs.axolotl.ai/docs/dataset-formats/conversation.html">conversations</a> and
 * <a href="https://docs.axolotl.ai/docs/dataset-formats/inst_tune.html">instructions</a>. A shape has the name of its
 * type. It documents no type for a guardrail.
 *
 * <p>The KTO types read their label from {@code label} beside the documented columns, as TRL under them does. The type
 * {@code user_defined.default} is left out for KTO: its code formats a field that it does not pass.
 */
final class AxolotlShapes {
    private static final Column CHOSEN = new Column("chosen", Column.Kind.MESSAGE);
    private static final Column REJECTED = new Column("rejected", Column.Kind.MESSAGE);

    static final List<Shape> ALL = List.of(
            new Shape(
                    "chat_template.default",
                    Dataset.PREFERENCE,
                    List.of(messages("messages"), CHOSEN, REJECTED),
                    Fit.ANY,
                    row -> Arrays.asList(row.prompt(), answer(row.answer()), answer(row.rejectedText()))),
            new Shape(
                    "chat_template.argilla_chat",
                    Dataset.PREFERENCE,
                    List.of(messages("chosen"), messages("rejected")),
                    Fit.ANY,
                    row -> Arrays.asList(
                            with(row.prompt(), answer(row.answer())), with(row.prompt(), answer(row.rejectedText())))),
            new Shape(
                    "chatml.prompt_pairs",
                    Dataset.PREFERENCE,
                    List.of(text("system"), text("prompt"), text("chosen"), text("rejected")),
                    Fit.ONE_QUESTION,
                    row -> Arrays.asList(
                            system(row.prompt()), question(row.prompt()), row.answer(), row.rejectedText())),
            new Shape(
                    "llama3.argilla_chat",
                    Dataset.BINARY,
                    List.of(messages("completion"), flag("label")),
                    // Documented as one user and one assistant turn; what comes after is not read everywhere.
                    Fit.LONE_QUESTION,
                    row -> Arrays.asList(with(row.prompt(), answer(row.answer())), row.isGood())),
            new Shape(
                    "chatml.argilla",
                    Dataset.BINARY,
                    List.of(text("system"), text("instruction"), text("completion"), flag("label")),
                    Fit.ONE_QUESTION,
                    row -> Arrays.asList(system(row.prompt()), question(row.prompt()), row.answer(), row.isGood())),
            chatTemplate(Dataset.SFT),
            alpaca(Dataset.SFT),
            chatTemplate(Dataset.CRITIQUE));

    private AxolotlShapes() {}

    private static Shape chatTemplate(Dataset dataset) {
        return new Shape(
                "chat_template",
                dataset,
                List.of(messages("messages")),
                Fit.ANY,
                row -> Arrays.asList(with(asked(row), answer(said(row)))));
    }

    private static Shape alpaca(Dataset dataset) {
        return new Shape(
                "alpaca",
                dataset,
                List.of(text("instruction"), text("input"), text("output")),
                // The type has no place for a system turn, and one that is dropped is a different question.
                Fit.LONE_QUESTION,
                row -> Arrays.asList(question(row.prompt()), "", row.answer()));
    }

    /** The part of axolotl's configuration that loads the file. */
    static String config(Shape shape, String path) {
        StringBuilder yaml = new StringBuilder();
        if (shape.dataset() == Dataset.PREFERENCE) {
            yaml.append("rl: dpo\n");
        } else if (shape.dataset() == Dataset.BINARY) {
            yaml.append("rl: kto\nremove_unused_columns: false\n");
        }
        yaml.append("datasets:\n")
                .append("  - path: ")
                .append(path)
                .append("\n    ds_type: json\n    split: train\n    type: ")
                .append(shape.name())
                .append('\n');
        if (shape.has("messages")) {
            yaml.append("    field_messages: messages\n");
            if (shape.dataset() == Dataset.PREFERENCE) {
                yaml.append("    field_chosen: chosen\n    field_rejected: rejected\n");
            }
            yaml.append("    message_property_mappings:\n      role: role\n      content: content\n");
        }
        return yaml.toString();
    }
}
