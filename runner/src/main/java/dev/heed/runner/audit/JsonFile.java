package dev.heed.runner.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.Failure;
import dev.heed.runner.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A JSON file that an auditor kept. */
final class JsonFile {
    private JsonFile() {}

    /** @throws Failure if it cannot be read, or is no JSON */
    static JsonNode read(Path file) {
        try (InputStream in = InputFile.open(file)) {
            return new ObjectMapper().readTree(in);
        } catch (JsonProcessingException notJson) {
            throw new Failure(file + ": not JSON: " + notJson.getOriginalMessage(), notJson);
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
