package dev.heed.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.event.Action;
import dev.heed.event.Interaction;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.out.Content;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private static final String SIGNAL = """
            {"event_id":"e1","interaction_id":"i1","kind":"GUARDRAIL","detector_id":"d","question_id":"violation",
             "class_name":"violating","occurred_at_ms":1}""";

    @Test
    void fieldsWithADefaultMayBeLeftOut() {
        Signal signal = JsonReader.read(Signal.class, json(SIGNAL));

        assertThat(signal.getKind()).isEqualTo(SignalKind.GUARDRAIL);
        assertThat(signal.getClassName()).isEqualTo("violating");
        assertThat(signal.getScoreMicros()).isNull();
        assertThat(signal.getCategory()).isEmpty();
    }

    @Test
    void nestedRecordsAndArraysReadBackFromWhatIsWritten() {
        String text = """
                {"event_id":"e","interaction_id":"i","subject_id":"s","occurred_at_ms":5,"slices":["lang:de","topic:x"],
                 "prompt":[{"role":"user","content":"Was ist 2+2?"}],"embedding":[0.5,-1],
                 "candidates":[{"candidate_id":"a","model_id":"m","text":"4"}]}""";

        Interaction read = JsonReader.read(Interaction.class, json(text));

        assertThat(read.getUsersAffected()).isEqualTo(1);
        assertThat(read.getEmbedding()).containsExactly(0.5f, -1f);
        assertThat(JsonReader.read(Interaction.class, JsonWriter.write(read))).isEqualTo(read);
    }

    @Test
    void anActionNeedsNoUnionWrappers() {
        Action action = JsonReader.read(Action.class, json("""
                        {"event_id":"e","target_id":"safety","actor":"ann","occurred_at_ms":1,
                         "request_tasks":{"pool":"safety","rater_id":"r1","count":3}}"""));

        assertThat(action.getRequestTasks().getCount()).isEqualTo(3);
        assertThat(JsonWriter.write(action).has("resolve")).isFalse();
    }

    @Test
    void everyProblemIsNamedWithItsPlace() {
        List<String> problems = problems(Interaction.class, """
                {"event_id":7,"interaction_id":"i","subject_id":"s","occurred_at_ms":1.5,"langauge":"de",
                 "prompt":"hello","candidates":[{"candidate_id":"a","model_id":"m"}]}""");

        assertThat(problems).hasSize(5);
        assertThat(problems.get(0)).startsWith("langauge: unknown field (expected one of: event_id, ");
        assertThat(problems.get(1)).isEqualTo("event_id: 7 (expected: a string)");
        assertThat(problems.get(2)).isEqualTo("occurred_at_ms: 1.5 (expected: a whole number of 64 bits)");
        assertThat(problems.get(3)).isEqualTo("prompt: \"hello\" (expected: an array of an object Message)");
        assertThat(problems.get(4))
                .isEqualTo("candidates[0].text: missing (expected: string, The answer, as plain text)");
    }

    @Test
    void anEnumTellsItsSymbols() {
        assertThat(problems(Signal.class, SIGNAL.replace("GUARDRAIL", "GUARD")))
                .containsExactly("kind: \"GUARD\" (expected: one of UNKNOWN, GUARDRAIL, CLASSIFIER, USER_REPORT,"
                        + " DRIFT_ALERT)");
    }

    @Test
    void aNullWhereNoneMayBeIsAProblem() {
        assertThat(problems(
                        RaterProfile.class,
                        "{\"event_id\":null,\"rater_id\":\"r\",\"kind\":\"HUMAN\"," + "\"occurred_at_ms\":1}"))
                .containsExactly("event_id: null (expected: a string)");
    }

    @Test
    void whatIsNoObjectIsNoRecord() {
        assertThat(problems(Signal.class, "[1]"))
                .containsExactly("record: [1] (expected: an object with the fields of Signal)");
    }

    @Test
    void bytesAreTextWhereTheyAreTextAndBase64Otherwise() {
        Content text = new Content("i", "prompt", "plain/text", ByteBuffer.wrap("grüße".getBytes(UTF_8)));
        Content binary = new Content("i", "prompt", "plain/bytes", ByteBuffer.wrap(new byte[] {0, -1, 7}));
        Content tricky = new Content("i", "prompt", "plain/text", ByteBuffer.wrap("base64:zz".getBytes(UTF_8)));

        assertThat(JsonWriter.write(text).get("bytes").textValue()).isEqualTo("grüße");
        assertThat(JsonWriter.write(binary).get("bytes").textValue()).isEqualTo("base64:AP8H");
        for (Content content : List.of(text, binary, tricky)) {
            assertThat(JsonReader.read(Content.class, JsonWriter.write(content)))
                    .isEqualTo(content);
        }
    }

    private static <T extends SpecificRecord> List<String> problems(Class<T> type, String text) {
        JsonMismatch mismatch = catchThrowableOfType(JsonMismatch.class, () -> JsonReader.read(type, json(text)));
        return mismatch.problems();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
