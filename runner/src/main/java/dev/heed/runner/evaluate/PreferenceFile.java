package dev.heed.runner.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads preferences from JSON lines, plain or {@code .gz}: {@code model_a}, {@code model_b} and {@code votes}, as in the
 * PandaLM set; or {@code chosen} and {@code rejected}, as in the hh-rlhf set, which is one vote for the first.
 */
final class PreferenceFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HIGHEST_VOTE = 2;

    private PreferenceFile() {}

    /**
     * The preferences in the order of the file. The texts are not looked at: whoever voted did.
     *
     * @throws Failure if the file cannot be read, or with the first line that is wrong
     */
    static List<Preference> read(Path file) {
        List<Preference> preferences = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    preferences.add(preference(number, JSON.readTree(line)));
                }
            }
        } catch (JsonProcessingException broken) {
            throw new Failure(file + ": not JSON lines: " + broken.getOriginalMessage(), broken);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
        if (preferences.isEmpty()) {
            throw new Failure(file + ": no lines (expected: at least one preference)");
        }
        return preferences;
    }

    private static Preference preference(int line, JsonNode node) {
        if (node.has("chosen") && node.has("rejected")) {
            return new Preference(line, "", "", List.of(1));
        }
        List<Integer> votes = new ArrayList<>();
        for (JsonNode vote : node.path("votes")) {
            if (!vote.isInt() || vote.asInt() < 0 || vote.asInt() > HIGHEST_VOTE) {
                throw new Failure("line " + line + ": vote " + vote + " (expected: 0, 1 or 2)");
            }
            votes.add(vote.asInt());
        }
        if (votes.isEmpty()
                || !node.path("model_a").isTextual()
                || !node.path("model_b").isTextual()) {
            throw new Failure("line " + line + ": neither model_a, model_b and votes, nor chosen and rejected");
        }
        return new Preference(
                line, node.path("model_a").asText(), node.path("model_b").asText(), votes);
    }
}
