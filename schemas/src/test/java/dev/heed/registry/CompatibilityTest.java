package dev.heed.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No schema may change so that records or stores of any earlier version become unreadable, in either direction.
 *
 * <p>With {@code -Dheed.baseline=append} new versions are written, with {@code -Dheed.baseline=restart} all history is
 * replaced by what is there now, which only makes sense before a first release.
 */
class CompatibilityTest {
    private static final String HOW = """

            If every change above is meant and compatible, write the new versions into %s and commit them:
                mvn -pl schemas test -Dtest=CompatibilityTest -Dheed.baseline=append
            As long as nothing was ever released, history may also be started anew, incompatible changes and all:
                mvn -pl schemas test -Dtest=CompatibilityTest -Dheed.baseline=restart
            """.formatted(CommittedSchemas.BASELINE);

    @Test
    void everySchemaIsFullyCompatibleWithEveryVersionItEverHad() throws IOException {
        BaselineDirectory baseline = new BaselineDirectory(CommittedSchemas.BASELINE);
        Map<String, Schema> current = CommittedSchemas.current();
        write(baseline, current);

        Map<String, List<RegisteredSchema>> versions = baseline.versions();
        List<String> problems = new ArrayList<>();
        for (Schema schema : current.values()) {
            BaselineDirectory.problem(schema, versions.getOrDefault(schema.getFullName(), List.of()))
                    .ifPresent(problems::add);
        }
        for (String name : versions.keySet()) {
            if (!current.containsKey(name)) {
                problems.add(name + " is in the baseline, but gone from " + CommittedSchemas.AVRO
                        + ": keep it, or delete its baseline too if nothing was ever written with it");
            }
        }
        if (!problems.isEmpty()) {
            fail(String.join("\n", problems) + HOW);
        }
    }

    private static void write(BaselineDirectory baseline, Map<String, Schema> current) throws IOException {
        String how = System.getProperty("heed.baseline", "check");
        switch (how) {
            case "check" -> {}
            case "append" -> {
                for (Schema schema : current.values()) {
                    baseline.append(schema);
                }
            }
            case "restart" -> baseline.restart(current.values());
            default -> fail("heed.baseline=" + how + " (expected: check, append or restart)");
        }
    }

    @Test
    void newChangedAndBrokenSchemasAreTold(@TempDir Path directory) throws IOException {
        BaselineDirectory baseline = new BaselineDirectory(directory);
        Schema first = record("");
        Schema grown = record("{\"name\": \"a\", \"type\": \"int\", \"default\": 0}");
        Schema broken = record("{\"name\": \"a\", \"type\": \"string\"}");

        assertThat(BaselineDirectory.problem(first, List.of())).contains("t.R is not in the baseline");
        assertThat(baseline.append(first)).isTrue();
        assertThat(baseline.append(first)).isFalse();
        assertThat(BaselineDirectory.problem(first, versions(baseline))).isEmpty();

        assertThat(BaselineDirectory.problem(grown, versions(baseline))).contains("t.R differs from its version 1");
        assertThat(baseline.append(grown)).isTrue();
        assertThat(BaselineDirectory.problem(grown, versions(baseline))).isEmpty();

        assertThat(baseline.append(broken)).isFalse();
        assertThat(BaselineDirectory.problem(broken, versions(baseline))).hasValueSatisfying(told -> assertThat(told)
                .startsWith("t.R is incompatible with the past, change it back or give it a new name: ")
                .contains("version 1", "version 2", "/fields/0"));

        baseline.restart(List.of(broken));
        assertThat(versions(baseline)).hasSize(1);
        assertThat(BaselineDirectory.problem(broken, versions(baseline))).isEmpty();
    }

    private static List<RegisteredSchema> versions(BaselineDirectory baseline) throws IOException {
        return baseline.versions().getOrDefault("t.R", List.of());
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"t\", \"fields\": [" + fields + "]}");
    }
}
