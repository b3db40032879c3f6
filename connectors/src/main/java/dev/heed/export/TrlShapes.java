package dev.heed.export;

import static dev.heed.export.Column.flag;
import static dev.heed.export.Column.messages;
import static dev.heed.export.Column.text;
import static dev.heed.export.Conversation.answer;
import static dev.heed.export.Conversation.continuation;
import static dev.heed.export.Conversation.transcript;
import static dev.heed.export.Conversation.user;
import static dev.heed.export.Conversation.with;

import dev.heed.event.Dataset;
import dev.heed.event.Message;
import java.util.Arrays;
import java.util.List;

/**
 * The dataset types of TRL, each in its conversational and its standard form, by
 * <a href="https://huggingface.co/docs/trl/dataset_formats">Dataset formats and types</a>: preference with explicit and
 * with implicit prompt, unpaired preference, prompt-completion and language modeling. The conversational form with
 * explicit prompt, which TRL recommends, comes first.
 */
final class TrlShapes {
    /** The user turn that asks for a critique; the answer under review stands before it. */
    static final String CRITIQUE_REQUEST = "What is wrong with this answer?";

    /** Suffix of the names of standard forms. */
    static final String STANDARD = "-standard";

    static final List<Shape> ALL = List.of(
            new Shape(
                    "preference",
                    Dataset.PREFERENCE,
                    List.of(messages("prompt"), messages("chosen"), messages("rejected")),
                    Fit.ANY,
                    row -> Arrays.asList(
                            row.prompt(), List.of(answer(row.answer())), List.of(answer(row.rejectedText())))),
            new Shape(
                    "preference" + STANDARD,
                    Dataset.PREFERENCE,
                    List.of(text("prompt"), text("chosen"), text("rejected")),
                    Fit.ANY,
                    row -> Arrays.asList(
                            transcript(row.prompt()), continuation(row.answer()), continuation(row.rejectedText()))),
            new Shape(
                    "preference-implicit",
                    Dataset.PREFERENCE,
                    List.of(messages("chosen"), messages("rejected")),
                    Fit.ANY,
                    row -> Arrays.asList(
                            with(row.prompt(), answer(row.answer())), with(row.prompt(), answer(row.rejectedText())))),
            new Shape(
                    "preference-implicit" + STANDARD,
                    Dataset.PREFERENCE,
                    List.of(text("chosen"), text("rejected")),
                    Fit.ANY,
                    row -> Arrays.asList(whole(row.prompt(), row.answer()), whole(row.prompt(), row.rejectedText()))),
            promptCompletion(Dataset.SFT),
            promptCompletionStandard(Dataset.SFT),
            languageModeling(Dataset.SFT),
            languageModelingStandard(Dataset.SFT),
            new Shape(
                    "unpaired-preference",
                    Dataset.BINARY,
                    List.of(messages("prompt"), messages("completion"), flag("label")),
                    Fit.ANY,
                    row -> Arrays.asList(row.prompt(), List.of(answer(row.answer())), row.isGood())),
            new Shape(
                    "unpaired-preference" + STANDARD,
                    Dataset.BINARY,
                    List.of(text("prompt"), text("completion"), flag("label")),
                    Fit.ANY,
                    row -> Arrays.asList(transcript(row.prompt()), continuation(row.answer()), row.isGood())),
            promptCompletion(Dataset.CRITIQUE),
            promptCompletionStandard(Dataset.CRITIQUE),
            languageModeling(Dataset.CRITIQUE),
            languageModelingStandard(Dataset.CRITIQUE),
            // A guardrail is a classifier of text: TRL trains none, and its label is a word.
            new Shape(
                    "classification",
                    Dataset.GUARDRAIL,
                    List.of(text("text"), text("label")),
                    Fit.ANY,
                    row -> Arrays.asList(whole(row.prompt(), row.answer()), row.classText())));

    private TrlShapes() {}

    private static Shape promptCompletion(Dataset dataset) {
        return new Shape(
                "prompt-completion",
                dataset,
                List.of(messages("prompt"), messages("completion")),
                Fit.ANY,
                row -> Arrays.asList(asked(row), List.of(answer(said(row)))));
    }

    private static Shape promptCompletionStandard(Dataset dataset) {
        return new Shape(
                "prompt-completion" + STANDARD,
                dataset,
                List.of(text("prompt"), text("completion")),
                Fit.ANY,
                row -> Arrays.asList(transcript(asked(row)), continuation(said(row))));
    }

    private static Shape languageModeling(Dataset dataset) {
        return new Shape(
                "messages",
                dataset,
                List.of(messages("messages")),
                Fit.ANY,
                row -> Arrays.asList(with(asked(row), answer(said(row)))));
    }

    private static Shape languageModelingStandard(Dataset dataset) {
        return new Shape(
                "text", dataset, List.of(text("text")), Fit.ANY, row -> Arrays.asList(whole(asked(row), said(row))));
    }

    /** What the model is to answer: of a critique, the answer and the request to judge it. */
    static List<Message> asked(TrainingRow row) {
        return row.dataset() == Dataset.CRITIQUE
                ? with(row.prompt(), answer(row.answer()), user(CRITIQUE_REQUEST))
                : row.prompt();
    }

    /** What the model is to say. */
    static String said(TrainingRow row) {
        return row.dataset() == Dataset.CRITIQUE ? row.critiqueText() : row.answer();
    }

    private static String whole(List<Message> prompt, String answer) {
        return transcript(prompt) + continuation(answer);
    }
}
