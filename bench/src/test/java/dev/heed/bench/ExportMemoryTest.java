package dev.heed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.runner.Heed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A small version of what is measured. What it takes is not looked at. */
class ExportMemoryTest {
    @Test
    void everyRowIsExported() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Heed.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "bench",
                "export",
                "--rows",
                "120",
                "--format",
                "jsonl",
                "--json");

        assertThat(code).as("%s%s", out, err).isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("rows").asInt()).isEqualTo(120);
        assertThat(result.path("files_mib").asDouble()).isGreaterThan(120 * 4096 / 1048576.0);
        assertThat(result.path("peak_heap_mib").asDouble()).isPositive();
    }
}
