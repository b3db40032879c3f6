package dev.heed.runner.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heed.intake.PublicInput;
import dev.heed.intake.shape.Head;
import dev.heed.intake.shape.Problems;
import dev.heed.intake.shape.Shapes;
import dev.heed.json.JsonMismatch;
import dev.heed.json.JsonReader;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** A line of JSON as a public event, judged by the rules that intake itself goes by. */
sealed interface EventLine {
    ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** An event that can be published under its key. */
    record Good(String key, SpecificRecord event) implements EventLine {}

    /** What is wrong with the line, each with its place. */
    record Bad(List<String> problems) implements EventLine {}

    /** Reads one line. */
    static EventLine read(PublicInput input, Shapes shapes, String line) {
        SpecificRecord event;
        try {
            JsonNode json = JSON.readTree(line);
            event = JsonReader.read(input.type(), json);
        } catch (JsonProcessingException notJson) {
            return new Bad(List.of("not JSON: " + notJson.getOriginalMessage()));
        } catch (JsonMismatch mismatch) {
            return new Bad(mismatch.problems());
        }
        Problems problems = new Problems();
        shapes.check(event, problems);
        Optional<Head> head = shapes.head(event);
        if (!problems.none() || head.isEmpty()) {
            return new Bad(problems.list());
        }
        return new Good(head.get().key(), event);
    }
}
