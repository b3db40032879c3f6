package dev.heed.topology.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JSON Schema of policies, judged by a validator that is not ours. */
class PolicySchemaTest {
    private static final Path POLICIES = Path.of(System.getProperty("heed.root"), "deploy/policies");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(PolicySchema.json());

    @Test
    void theCommittedOneIsUpToDate() throws IOException {
        Path file = POLICIES.resolve("policy.schema.json");
        if (System.getProperty("heed.golden", "check").equals("write")) {
            Files.writeString(file, PolicySchema.json());
        }
        assertThat(Files.readString(file))
                .as("after a change of a policy's schema or shape: -Dheed.golden=write")
                .isEqualTo(PolicySchema.json());
    }

    @Test
    void everyPolicyThatShipsIsValid() throws IOException {
        try (Stream<Path> files = Files.list(POLICIES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                assertThat(problems(Files.readString(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void theCompletePolicyShowsEveryField() throws IOException {
        Set<String> fields = new TreeSet<>();
        collectFields(new ObjectMapper().readTree(PolicySchema.json()), fields);
        assertThat(fields).hasSizeGreaterThan(100);
        JsonNode complete = new ObjectMapper(new YAMLFactory())
                .readTree(POLICIES.resolve("complete.yaml").toFile());
        assertThat(fields)
                .allSatisfy(
                        field -> assertThat(complete.findValue(field)).as(field).isNotNull());
    }

    private static void collectFields(JsonNode schema, Set<String> fields) {
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        schema.forEach(part -> collectFields(part, fields));
    }

    @Test
    void whatIsWrongInAFieldAloneIsRefusedByBoth() throws IOException {
        String example = Files.readString(POLICIES.resolve("example.yaml"));
        for (List<String> change : List.of(
                List.of("budget_per_hour: 600", "budget_per_hour: -3"),
                List.of("exploration: 0.05", "exploration: 2"),
                List.of("lease: 10m", "lease: 10 minutes"),
                List.of("lease: 10m", "lease: 0"),
                List.of("kind: label", "kind: labelling"),
                List.of("min_raters: 2", "min_rater: 2"),
                List.of("look_ahead: 3", "look_ahead: 6"),
                List.of("violation: 20", "violation: 2000"),
                List.of("classes: [ok, violation]", "classes: ok"),
                List.of("name: example", "name: \"a|b\""),
                List.of("escalates: true", "escalates: sometimes"))) {
            String broken = example.replaceFirst(change.get(0).replaceAll("[\\[\\]]", "\\\\$0"), change.get(1));
            assertThat(broken).as(change.get(0)).isNotEqualTo(example);
            assertThat(problems(broken)).as(change.get(1)).isNotEmpty();
            assertThat(fileProblems(broken)).as(change.get(1)).isNotEmpty();
        }
    }

    @Test
    void theNumbersAreThoseOfTheShapeChecks() {
        assertThat(PolicySchema.json()).contains("\"maximum\" : 10000000").contains("\"maxItems\" : 64");
    }

    private static Set<ValidationMessage> problems(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }

    private static List<String> fileProblems(String yaml) {
        try {
            PolicyFile.parse("test.yaml", yaml, 0);
            return List.of();
        } catch (PolicyInvalid invalid) {
            return invalid.problems();
        }
    }
}
