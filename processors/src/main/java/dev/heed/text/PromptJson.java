package dev.heed.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heed.event.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A prompt as a JSON array of {@code {"role": …, "content": …}}. */
public final class PromptJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PromptJson() {}

    public static byte[] write(List<Message> prompt) {
        ArrayNode turns = MAPPER.createArrayNode();
        for (Message turn : prompt) {
            turns.addObject().put("role", turn.getRole()).put("content", turn.getContent());
        }
        try {
            return MAPPER.writeValueAsBytes(turns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException when the bytes are not such an array */
    public static List<Message> read(byte[] json) {
        try {
            List<Message> prompt = new ArrayList<>();
            for (JsonNode turn : MAPPER.readTree(json)) {
                prompt.add(new Message(
                        turn.path("role").asText(), turn.path("content").asText()));
            }
            return prompt;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
