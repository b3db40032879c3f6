package dev.heed.topology.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of docs/policy.md list every field of a policy, as its JSON Schema has them. */
class PolicyPageTest {
    private static final String BELOW = "<!-- Below: made of deploy/policies/policy.schema.json. -->\n";

    private final StringBuilder tables = new StringBuilder();
    private final Set<String> told = new TreeSet<>();

    @Test
    void thePageIsUpToDate() throws IOException {
        Path file = Path.of(System.getProperty("heed.root"), "docs/policy.md");
        String page = Files.readString(file);
        section("The policy", new ObjectMapper().readTree(PolicySchema.json()));
        String expected = page.substring(0, page.indexOf(BELOW) + BELOW.length()) + tables;
        if (System.getProperty("heed.golden", "check").equals("write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("after a change of a policy's schema or shape: -Dheed.golden=write")
                .isEqualTo(expected);
    }

    private void section(String name, JsonNode record) {
        if (!told.add(record.path("description").asText())) {
            return;
        }
        tables.append("\n## ").append(name).append("\n\n");
        tables.append(record.path("description").asText())
                .append("\n\n| field | what | values | default |\n|---|---|---|---|\n");
        List<Map.Entry<String, JsonNode>> deeper = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : record.path("properties").properties()) {
            JsonNode node = field.getValue();
            boolean required = contains(record.path("required"), field.getKey());
            tables.append("| `").append(field.getKey()).append("` | ");
            tables.append(node.path("description")
                            .asText()
                            .replaceFirst("^a (number with|duration such as) [^;]*; ", ""))
                    .append(" | ");
            tables.append(values(node)).append(" | ");
            tables.append(required ? "required" : byDefault(node)).append(" |\n");
            JsonNode inner = inner(node);
            if (inner != null) {
                deeper.add(Map.entry(field.getKey(), inner));
            }
        }
        deeper.forEach(each -> section(
                (name.equals("The policy") ? "" : name.replace("`", "") + ".") + each.getKey(), each.getValue()));
    }

    private static boolean contains(JsonNode names, String name) {
        for (JsonNode each : names) {
            if (each.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The record that a field holds, or a list of which it holds; null for none. */
    private static @Nullable JsonNode inner(JsonNode node) {
        if (node.has("properties")) {
            return node;
        }
        for (JsonNode form : node.path("anyOf")) {
            JsonNode inner = inner(form);
            if (inner != null) {
                return inner;
            }
        }
        return node.has("items") ? inner(node.get("items")) : null;
    }

    private static String values(JsonNode node) {
        if (node.has("enum")) {
            List<String> symbols = new ArrayList<>();
            node.get("enum").forEach(each -> symbols.add(each.asText()));
            symbols.removeIf(each -> !each.equals(each.toLowerCase(Locale.ROOT)));
            return String.join(", ", symbols);
        }
        if (node.path("anyOf").path(0).has("pattern")) {
            return node.path("anyOf").size() > 1 ? "duration or 0" : "duration";
        }
        if (node.path("anyOf").path(0).path("type").asText().equals("integer")) {
            return values(node.path("anyOf").path(0)) + ", or null";
        }
        return switch (node.path("type").asText()) {
            case "integer", "number" ->
                node.path("type").asText()
                        + (node.has("minimum")
                                ? ", " + plain(node.get("minimum")) + " to " + plain(node.get("maximum"))
                                : "");
            case "array" ->
                "list" + (node.has("maxItems") ? ", " + node.get("minItems") + " to " + node.get("maxItems") : "");
            case "boolean" -> "true or false";
            case "object" -> "mapping";
            default -> node.has("anyOf") ? "list or mapping" : "text";
        };
    }

    private static String byDefault(JsonNode node) {
        JsonNode value = node.path("default");
        return value.isMissingNode()
                ? ""
                : value.isNumber() ? plain(value) : value.asText().isEmpty() ? "empty" : value.asText();
    }

    private static String plain(JsonNode number) {
        BigDecimal value = number.decimalValue();
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
