package dev.heed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.Heed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Small versions of what is measured with a broker. What they take is not looked at. */
class BenchIT {
    @Test
    void whatALoopDecidedIsDecidedAgain() throws IOException {
        JsonNode result = bench("replay", "--events", "1000");

        assertThat(result.path("identical").asBoolean()).isTrue();
        assertThat(result.path("journal_events").asLong()).isGreaterThan(500);
        assertThat(result.path("ratio").asDouble()).isPositive();
    }

    @Test
    void everyRowIsRetractedUnderLoad() throws IOException {
        JsonNode result = bench("retraction", "--rate", "40", "--rows", "20");

        assertThat(result.path("retracted").asInt()).isEqualTo(20);
        assertThat(result.path("p99_ms").asDouble()).isPositive();
    }

    private static JsonNode bench(String... args) throws IOException {
        String[] command = new String[args.length + 2];
        command[0] = "bench";
        System.arraycopy(args, 0, command, 1, args.length);
        command[args.length + 1] = "--json";
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Heed.run(new PrintWriter(out), new PrintWriter(err), command);
        assertThat(code).as("%s%s", out, err).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
