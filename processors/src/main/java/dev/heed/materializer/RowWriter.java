package dev.heed.materializer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.event.Message;
import dev.heed.out.BinaryRow;
import dev.heed.out.CritiqueRow;
import dev.heed.out.Delta;
import dev.heed.out.GuardrailRow;
import dev.heed.out.PreferenceRow;
import dev.heed.out.SftRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes a row's text around its delta. */
public final class RowWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowWriter() {}

    /**
     * The row, or null while one of its texts is not there.
     *
     * @param texts the opened texts by their keys
     */
    public static @Nullable SpecificRecord row(Delta delta, Function<String, byte @Nullable []> texts) {
        String prompt = text(delta.getPromptKey(), texts);
        String chosen = text(delta.getChosenKey(), texts);
        String rejected = text(delta.getRejectedKey(), texts);
        String critique = text(delta.getCritiqueKey(), texts);
        boolean complete = prompt != null
                && (critique != null || delta.getCritiqueKey() == null)
                && (chosen != null || delta.getChosenKey() == null)
                && (rejected != null || delta.getRejectedKey() == null);
        return complete ? write(delta, messages(Objects.requireNonNull(prompt)), chosen, rejected, critique) : null;
    }

    private static SpecificRecord write(
            Delta delta,
            List<Message> prompt,
            @Nullable String chosen,
            @Nullable String rejected,
            @Nullable String critique) {
        String answer = Objects.requireNonNull(chosen, "a delta without an answer");
        return switch (delta.getDataset()) {
            case PREFERENCE ->
                new PreferenceRow(
                        delta.getRowId(),
                        prompt,
                        answer,
                        Objects.requireNonNull(rejected, "a preference without a rejected answer"),
                        delta.getSplit(),
                        delta.getRowHash(),
                        delta.getRevision(),
                        delta.getProvenance());
            case SFT ->
                new SftRow(
                        delta.getRowId(),
                        prompt,
                        answer,
                        delta.getSplit(),
                        delta.getRowHash(),
                        delta.getRevision(),
                        delta.getProvenance());
            case BINARY ->
                new BinaryRow(
                        delta.getRowId(),
                        prompt,
                        answer,
                        Objects.requireNonNull(delta.getGood(), "a marked answer without its mark"),
                        delta.getSplit(),
                        delta.getRowHash(),
                        delta.getRevision(),
                        delta.getProvenance());
            case GUARDRAIL ->
                new GuardrailRow(
                        delta.getRowId(),
                        prompt,
                        answer,
                        delta.getClassName(),
                        delta.getSplit(),
                        delta.getRowHash(),
                        delta.getRevision(),
                        delta.getProvenance());
            case CRITIQUE ->
                new CritiqueRow(
                        delta.getRowId(),
                        prompt,
                        answer,
                        Objects.requireNonNull(critique, "a critique without its text"),
                        delta.getSplit(),
                        delta.getRowHash(),
                        delta.getRevision(),
                        delta.getProvenance());
            case UNKNOWN ->
                throw new IllegalStateException("row " + delta.getRowId() + ": dataset " + delta.getDataset()
                        + " (expected: one that this version knows)");
        };
    }

    private static @Nullable String text(@Nullable String key, Function<String, byte @Nullable []> texts) {
        byte[] text = key == null ? null : texts.apply(key);
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    private static List<Message> messages(String json) {
        try {
            List<Message> messages = new ArrayList<>();
            for (JsonNode message : JSON.readTree(json)) {
                messages.add(new Message(
                        message.path("role").asText(), message.path("content").asText()));
            }
            return messages;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a prompt in contents is not the JSON that intake writes", e);
        }
    }
}
