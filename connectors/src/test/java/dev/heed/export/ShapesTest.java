package dev.heed.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.event.Dataset;
import dev.heed.event.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every shape against the form that its trainer documents, field by field. */
class ShapesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void trlPreferenceWithExplicitPrompt() {
        tells(Format.TRL, "preference", Rows.preference("p", Rows.SKY), """
                {"prompt": [{"role": "user", "content": "What color is the sky?"}],
                 "chosen": [{"role": "assistant", "content": "It is blue."}],
                 "rejected": [{"role": "assistant", "content": "It is green."}]}""");
        tells(Format.TRL, "preference-standard", Rows.preference("p", Rows.SKY), """
                {"prompt": "\\n\\nHuman: What color is the sky?\\n\\nAssistant:",
                 "chosen": " It is blue.",
                 "rejected": " It is green."}""");
    }

    @Test
    void trlPreferenceWithImplicitPrompt() {
        tells(Format.TRL, "preference-implicit", Rows.preference("p", Rows.SKY), """
                {"chosen": [{"role": "user", "content": "What color is the sky?"},
                            {"role": "assistant", "content": "It is blue."}],
                 "rejected": [{"role": "user", "content": "What color is the sky?"},
                              {"role": "assistant", "content": "It is green."}]}""");
        tells(Format.TRL, "preference-implicit-standard", Rows.preference("p", Rows.SKY), """
                {"chosen": "\\n\\nHuman: What color is the sky?\\n\\nAssistant: It is blue.",
                 "rejected": "\\n\\nHuman: What color is the sky?\\n\\nAssistant: It is green."}""");
    }

    @Test
    void trlUnpairedPreference() {
        tells(Format.TRL, "unpaired-preference", Rows.binary(Rows.SKY, false), """
                {"prompt": [{"role": "user", "content": "What color is the sky?"}],
                 "completion": [{"role": "assistant", "content": "It is green."}],
                 "label": false}""");
        tells(Format.TRL, "unpaired-preference-standard", Rows.binary(Rows.SKY, true), """
                {"prompt": "\\n\\nHuman: What color is the sky?\\n\\nAssistant:",
                 "completion": " It is green.",
                 "label": true}""");
    }

    @Test
    void trlPromptCompletionAndLanguageModeling() {
        tells(Format.TRL, "prompt-completion", Rows.sft(Rows.SKY), """
                {"prompt": [{"role": "user", "content": "What color is the sky?"}],
                 "completion": [{"role": "assistant", "content": "It is blue."}]}""");
        tells(Format.TRL, "prompt-completion-standard", Rows.sft(Rows.SKY), """
                {"prompt": "\\n\\nHuman: What color is the sky?\\n\\nAssistant:", "completion": " It is blue."}""");
        tells(Format.TRL, "messages", Rows.sft(Rows.TUTOR), """
                {"messages": [{"role": "system", "content": "Be kind."},
                              {"role": "user", "content": "Hi"},
                              {"role": "assistant", "content": "Hello"},
                              {"role": "user", "content": "Why is it blue?"},
                              {"role": "assistant", "content": "It is blue."}]}""");
        tells(Format.TRL, "text", Rows.sft(Rows.TUTOR), """
                {"text": "\\n\\nSystem: Be kind.\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why is it blue?\\n\\nAssistant: It is blue."}""");
    }

    @Test
    void aCritiqueAnswersARequestToJudgeTheAnswer() {
        tells(Format.TRL, "prompt-completion", Rows.critique(Rows.SKY), """
                {"prompt": [{"role": "user", "content": "What color is the sky?"},
                            {"role": "assistant", "content": "It is green."},
                            {"role": "user", "content": "What is wrong with this answer?"}],
                 "completion": [{"role": "assistant", "content": "It is not."}]}""");
        tells(Format.LLAMA_FACTORY, "alpaca", Rows.critique(Rows.SKY), """
                {"instruction": "What is wrong with this answer?", "input": "", "output": "It is not.", "system": "",
                 "history": [["What color is the sky?", "It is green."]]}""");
    }

    @Test
    void aGuardrailClassifiesTheExchange() {
        tells(Format.TRL, "classification", Rows.guardrail(Rows.SKY), """
                {"text": "\\n\\nHuman: What color is the sky?\\n\\nAssistant: It is green.", "label": "violation"}""");
    }

    @Test
    void llamaFactorySharegpt() {
        tells(Format.LLAMA_FACTORY, "sharegpt", Rows.preference("p", Rows.TUTOR), """
                {"conversations": [{"from": "human", "value": "Hi"},
                                   {"from": "gpt", "value": "Hello"},
                                   {"from": "human", "value": "Why is it blue?"}],
                 "chosen": {"from": "gpt", "value": "It is blue."},
                 "rejected": {"from": "gpt", "value": "It is green."},
                 "system": "Be kind."}""");
        tells(Format.LLAMA_FACTORY, "sharegpt", Rows.sft(Rows.SKY), """
                {"conversations": [{"from": "human", "value": "What color is the sky?"},
                                   {"from": "gpt", "value": "It is blue."}],
                 "system": ""}""");
        tells(Format.LLAMA_FACTORY, "sharegpt", Rows.binary(Rows.SKY, false), """
                {"conversations": [{"from": "human", "value": "What color is the sky?"},
                                   {"from": "gpt", "value": "It is green."}],
                 "kto_tag": false,
                 "system": ""}""");
    }

    @Test
    void llamaFactoryAlpaca() {
        tells(Format.LLAMA_FACTORY, "alpaca", Rows.preference("p", Rows.SKY), """
                {"instruction": "What color is the sky?", "input": "",
                 "chosen": "It is blue.", "rejected": "It is green.", "system": "", "history": []}""");
        tells(Format.LLAMA_FACTORY, "alpaca", Rows.sft(Rows.TUTOR), """
                {"instruction": "Why is it blue?", "input": "", "output": "It is blue.",
                 "system": "Be kind.", "history": [["Hi", "Hello"]]}""");
        tells(Format.LLAMA_FACTORY, "alpaca", Rows.binary(Rows.SKY, true), """
                {"instruction": "What color is the sky?", "input": "", "output": "It is green.",
                 "kto_tag": true, "system": "", "history": []}""");
    }

    @Test
    void llamaFactoryIsToldWhatEachColumnIs() {
        describes("sharegpt", Dataset.PREFERENCE, """
                {"file_name": "f.jsonl", "formatting": "sharegpt", "ranking": true,
                 "columns": {"messages": "conversations", "chosen": "chosen", "rejected": "rejected", "system": "system"},
                 "tags": {"role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt",
                          "observation_tag": "observation"}}""");
        describes("alpaca", Dataset.BINARY, """
                {"file_name": "f.jsonl", "formatting": "alpaca",
                 "columns": {"prompt": "instruction", "query": "input", "response": "output", "kto_tag": "kto_tag",
                             "system": "system", "history": "history"}}""");
    }

    @Test
    void axolotlPreference() {
        tells(Format.AXOLOTL, "chat_template.default", Rows.preference("p", Rows.SKY), """
                {"messages": [{"role": "user", "content": "What color is the sky?"}],
                 "chosen": {"role": "assistant", "content": "It is blue."},
                 "rejected": {"role": "assistant", "content": "It is green."}}""");
        tells(Format.AXOLOTL, "chat_template.argilla_chat", Rows.preference("p", Rows.SKY), """
                {"chosen": [{"role": "user", "content": "What color is the sky?"},
                            {"role": "assistant", "content": "It is blue."}],
                 "rejected": [{"role": "user", "content": "What color is the sky?"},
                              {"role": "assistant", "content": "It is green."}]}""");
        tells(Format.AXOLOTL, "chatml.prompt_pairs", Rows.preference("p", Rows.SKY), """
                {"system": "", "prompt": "What color is the sky?",
                 "chosen": "It is blue.", "rejected": "It is green."}""");
    }

    @Test
    void axolotlKto() {
        tells(Format.AXOLOTL, "llama3.argilla_chat", Rows.binary(Rows.SKY, true), """
                {"completion": [{"role": "user", "content": "What color is the sky?"},
                                {"role": "assistant", "content": "It is green."}],
                 "label": true}""");
        tells(Format.AXOLOTL, "chatml.argilla", Rows.binary(Rows.SKY, false), """
                {"system": "", "instruction": "What color is the sky?", "completion": "It is green.", "label": false}""");
    }

    @Test
    void axolotlSupervised() {
        tells(Format.AXOLOTL, "chat_template", Rows.sft(Rows.SKY), """
                {"messages": [{"role": "user", "content": "What color is the sky?"},
                              {"role": "assistant", "content": "It is blue."}]}""");
        tells(Format.AXOLOTL, "alpaca", Rows.sft(Rows.SKY), """
                {"instruction": "What color is the sky?", "input": "", "output": "It is blue."}""");
    }

    @Test
    void axolotlIsToldHowToLoad() {
        Shape shape = Format.AXOLOTL.shape(Dataset.PREFERENCE, "");

        assertThat(AxolotlShapes.config(shape, "p.jsonl")).isEqualTo("""
                rl: dpo
                datasets:
                  - path: p.jsonl
                    ds_type: json
                    split: train
                    type: chat_template.default
                    field_messages: messages
                    field_chosen: chosen
                    field_rejected: rejected
                    message_property_mappings:
                      role: role
                      content: content
                """);
    }

    @Test
    void theCanonicalShapeKeepsTheProvenance() {
        tells(Format.HF, "canonical", Rows.preference("p", Rows.SKY), """
                {"row_id": "p", "prompt": [{"role": "user", "content": "What color is the sky?"}],
                 "chosen": "It is blue.", "rejected": "It is green.", "row_hash": "hash", "revision": 1,
                 "event_ids": ["i-1", "l-1"], "rater_ids": ["ann"], "judgment_revision": 2, "belief_micros": 910000,
                 "policy_version": 3, "rubric_version": "r1", "consent_epoch": 7, "model_ids": ["m"],
                 "model_versions": ["m1"], "template_versions": ["t1"]}""");
    }

    @Test
    void promptsThatDoNotFitAreNotBent() {
        Message user = new Message("user", "a");
        Message assistant = new Message("assistant", "b");

        assertThat(Fit.DIALOGUE.problem(List.of(user, assistant)))
                .hasValue("prompt: ends with the assistant (expected: with the user)");
        assertThat(Fit.DIALOGUE.problem(List.of(user, user, user)))
                .hasValue("prompt turn 2: user (expected: assistant, by turns)");
        assertThat(Fit.DIALOGUE.problem(List.of(new Message("tool", "x"))))
                .hasValue("prompt turn 1: tool (expected: user, by turns)");
        assertThat(Fit.ALTERNATING.problem(List.of(user, assistant, new Message("tool", "x"))))
                .isEmpty();
        assertThat(Fit.ONE_QUESTION.problem(Rows.TUTOR)).hasValue("prompt: 3 turns (expected: one user turn)");
        assertThat(Fit.LONE_QUESTION.problem(List.of(new Message("system", "s"), user)))
                .hasValue("prompt: 2 turns (expected: one user turn)");
        assertThat(Fit.ANY.problem(List.of())).hasValue("prompt: no turns (expected: at least one)");
    }

    @Test
    void whatThereIsNotIsRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> Format.AXOLOTL.shape(Dataset.GUARDRAIL, ""))
                .isInstanceOf(ExportRefused.class)
                .hasMessage("--format: axolotl has no shape for guardrail rows (expected: hf, jsonl, trl)");
        assertThatThrownBy(() -> Format.LLAMA_FACTORY.shape(Dataset.SFT, "chatml"))
                .hasMessage("--shape: chatml (expected, for sft rows in llama-factory: sharegpt, alpaca)");
        assertThatThrownBy(() -> Format.of("csv"))
                .hasMessage("--format: csv (expected: hf, jsonl, trl, llama-factory, axolotl)");
    }

    private static void tells(Format format, String name, TrainingRow row, String expected) {
        Shape shape = format.shape(row.dataset(), name);
        try {
            assertThat(shape.problem(row)).isEmpty();
            String line = JsonLinesFile.line(shape.columns(), shape.write(row)).toString();
            assertThat(JSON.readTree(line)).isEqualTo(JSON.readTree(expected));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static void describes(String name, Dataset dataset, String expected) {
        try {
            Shape shape = Format.LLAMA_FACTORY.shape(dataset, name);
            assertThat(LlamaFactoryShapes.description(shape, "f.jsonl")).isEqualTo(JSON.readTree(expected));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }
}
