package dev.heed.runner.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Signal;
import dev.heed.intake.PublicInput;
import dev.heed.intake.shape.Shapes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLineTest {
    private static final String SIGNAL = """
            {"event_id":"s1","interaction_id":"i1","kind":"CLASSIFIER","detector_id":"d","question_id":"violation",\
            "score_micros":700000,"occurred_at_ms":1700000000000}""";

    @Test
    void aGoodLineKnowsItsKey() {
        EventLine line = read(PublicInput.SIGNALS, SIGNAL);

        assertThat(line).isInstanceOf(EventLine.Good.class);
        EventLine.Good good = (EventLine.Good) line;
        assertThat(good.key()).isEqualTo("i1");
        assertThat(((Signal) good.event()).getScoreMicros()).isEqualTo(700_000L);
    }

    @Test
    void aPairedResultIsKeyedByItsCandidate() {
        EventLine line = read(PublicInput.EVALUATIONS, """
                {"result":{"event_id":"r1","candidate_id":"m2","slice":"all","cluster":"c1",\
                "difference_micros":1000000,"occurred_at_ms":1700000000000}}""");

        assertThat(line).isInstanceOfSatisfying(EventLine.Good.class, good -> assertThat(good.key())
                .isEqualTo("m2"));
    }

    @Test
    void whatIntakeWouldRefuseIsRefusedHereWithTheReason() {
        assertThat(problems(PublicInput.SIGNALS, SIGNAL.replace("700000,", "1700000,")))
                .anyMatch(each -> each.startsWith("score_micros: 1700000 (expected: "));
        assertThat(problems(PublicInput.SIGNALS, SIGNAL.replace("\"d\"", "\"\"")))
                .anyMatch(each -> each.startsWith("detector_id: "));
    }

    @Test
    void whatIsNoJsonIsSaid() {
        assertThat(problems(PublicInput.SIGNALS, SIGNAL.substring(5)))
                .hasSize(1)
                .anyMatch(each -> each.startsWith("not JSON: "));
        assertThat(problems(PublicInput.SIGNALS, SIGNAL + " and more")).anyMatch(each -> each.startsWith("not JSON: "));
        assertThat(problems(PublicInput.SIGNALS, "[]"))
                .containsExactly("record: [] (expected: an object with the fields of Signal)");
    }

    private static List<String> problems(PublicInput input, String line) {
        EventLine read = read(input, line);
        assertThat(read).isInstanceOf(EventLine.Bad.class);
        return ((EventLine.Bad) read).problems();
    }

    private static EventLine read(PublicInput input, String line) {
        return EventLine.read(input, new Shapes(Map.of()), line);
    }
}
