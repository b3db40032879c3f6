package dev.heed.topology.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.policy.Policy;
import java.math.BigDecimal;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * The JSON Schema of policy files, made of the Avro schemas and the rules of the shape checks. What fields say of each
 * other is not in it; {@link PolicyFile} checks that as well.
 */
public final class PolicySchema {
    private static final String ID_PATTERN = "^[^|\\u0000-\\u001f\\u007f-\\u009f]*$";
    private static final int ID_LENGTH = 200;
    private static final long MICRO = 1_000_000;

    private final PolicyRules rules = PolicyRules.ofShapes();

    private PolicySchema() {}

    /** The schema, as a text that ends with a line end. */
    public static String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Heed policy");
        root.setAll(new PolicySchema().record("", Policy.getClassSchema()));
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));
            return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ObjectNode record(String path, Schema schema) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("description", schema.getDoc());
        node.put("type", "object");
        node.put("additionalProperties", false);
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Schema.Field field : schema.getFields()) {
            if (PolicyFile.PUBLISHERS.contains(field.name())) {
                continue;
            }
            String name = YamlToAvro.fileName(field);
            String at = path.isEmpty() ? name : path + "." + name;
            ObjectNode property = schema.getName().equals("Question") && name.equals("loss")
                    ? loss(at, field.schema())
                    : value(at, field, field.schema());
            property.put("description", YamlToAvro.expectation(field));
            if (field.hasDefaultValue()) {
                setDefault(property, field);
            } else {
                required.add(name);
            }
            properties.set(name, property);
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        return node;
    }

    private ObjectNode value(String path, Schema.Field field, Schema schema) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (schema.getType()) {
            case RECORD -> node.setAll(record(path, schema));
            case UNION -> {
                node.putArray("anyOf")
                        .add(value(path, field, YamlToAvro.present(schema)))
                        .addObject()
                        .put("type", "null");
            }
            case ARRAY -> list(path, field, schema, node);
            case ENUM -> symbols(schema, node);
            case STRING -> text(path, node);
            case BOOLEAN -> node.put("type", "boolean");
            case INT, LONG -> number(path, field, node);
            default -> throw new IllegalStateException(path + ": a policy has no fields of type " + schema.getType());
        }
        return node;
    }

    private void list(String path, Schema.Field field, Schema schema, ObjectNode node) {
        node.put("type", "array");
        node.set("items", value(path + "[]", field, schema.getElementType()));
        rules.entries(path, schema.getElementType()).ifPresent(range -> {
            node.put("minItems", Integer.parseInt(range.least()));
            node.put("maxItems", Integer.parseInt(range.most()));
        });
    }

    private static void symbols(Schema schema, ObjectNode node) {
        ArrayNode symbols = node.putArray("enum");
        for (String symbol : schema.getEnumSymbols()) {
            if (!symbol.equals("UNKNOWN")) {
                symbols.add(symbol.toLowerCase(Locale.ROOT)).add(symbol);
            }
        }
    }

    private void text(String path, ObjectNode node) {
        if (rules.isId(path)) {
            // A number or a boolean is read as its text.
            node.putArray("type").add("string").add("number").add("boolean");
            node.put("minLength", 1).put("maxLength", ID_LENGTH).put("pattern", ID_PATTERN);
        } else {
            node.putArray("type").add("string").add("number").add("boolean");
        }
    }

    private void number(String path, Schema.Field field, ObjectNode node) {
        if (field.name().endsWith("_ms")) {
            ArrayNode forms = node.putArray("anyOf");
            forms.addObject().put("type", "string").put("pattern", "^" + YamlToAvro.DURATION.pattern() + "$");
            boolean mayBeNothing = rules.duration(path)
                    .map(range -> range.least().startsWith("0"))
                    .orElse(true);
            if (mayBeNothing) {
                forms.addObject().put("const", 0);
            }
            return;
        }
        node.put("type", field.name().endsWith("_micros") ? "number" : "integer");
        rules.number(path).ifPresent(range -> {
            node.put("minimum", new BigDecimal(range.least()));
            node.put("maximum", new BigDecimal(range.most()));
        });
    }

    /** A matrix as a list of rows, or as action: {class: loss}. */
    private ObjectNode loss(String path, Schema schema) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode forms = node.putArray("anyOf");
        forms.add(value(path, lossesField(schema), schema));
        ObjectNode cell = JsonNodeFactory.instance.objectNode().put("type", "number");
        rules.number(path + ".a.a").ifPresent(range -> {
            cell.put("minimum", new BigDecimal(range.least()));
            cell.put("maximum", new BigDecimal(range.most()));
        });
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("type", "object");
        row.set("additionalProperties", cell);
        forms.addObject().put("type", "object").put("minProperties", 1).set("additionalProperties", row);
        return node;
    }

    private static Schema.Field lossesField(Schema loss) {
        return loss.getElementType().getField("losses_micros");
    }

    private static void setDefault(ObjectNode property, Schema.Field field) {
        Object value = SpecificData.get().getDefaultValue(field);
        switch (field.schema().getType()) {
            case LONG, INT -> property.set("default", written(field, ((Number) value).longValue()));
            case BOOLEAN -> property.put("default", (Boolean) value);
            case STRING -> property.put("default", value.toString());
            case ENUM -> property.put("default", value.toString().toLowerCase(Locale.ROOT));
            default -> {
                // The default of a list or a record is that of its parts, or nothing.
            }
        }
    }

    private static JsonNode written(Schema.Field field, long number) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (field.name().endsWith("_ms")) {
            return number == 0
                    ? nodes.numberNode(0)
                    : nodes.textNode(number % 1_000 == 0 ? number / 1_000 + "s" : number + "ms");
        }
        return field.name().endsWith("_micros") && number % MICRO == 0
                ? nodes.numberNode(number / MICRO)
                : field.name().endsWith("_micros")
                        ? nodes.numberNode(BigDecimal.valueOf(number, 6).stripTrailingZeros())
                        : nodes.numberNode(number);
    }
}
