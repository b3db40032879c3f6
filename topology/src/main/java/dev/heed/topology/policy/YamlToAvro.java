package dev.heed.topology.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Turns a YAML tree into the Avro record of a schema, noting every problem with its path instead of stopping. */
final class YamlToAvro {
    private static final String MICROS = "_micros";
    private static final String MILLIS = "_ms";
    private static final int MICRO_DIGITS = 6;
    static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Long> UNIT_MS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private final List<String> problems;
    private final Set<String> leftOut;

    /**
     * @param problems where problems are noted
     * @param leftOut fields of the schemas that the file does not give
     */
    YamlToAvro(List<String> problems, Set<String> leftOut) {
        this.problems = problems;
        this.leftOut = leftOut;
    }

    /** The record; usable only when no problem was noted. */
    SpecificRecord record(Schema schema, JsonNode node) {
        return record("", schema, node);
    }

    private SpecificRecord record(String path, Schema schema, JsonNode node) {
        SpecificRecord record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        JsonNode fields = lossRows(path, schema, node);
        if (!fields.isObject()) {
            problem(path, fields, "a mapping with " + String.join(", ", names(schema)));
            return record;
        }
        unknownKeys(path, schema, fields);
        for (Schema.Field field : schema.getFields()) {
            Object value = leftOut.contains(field.name())
                    ? null
                    : field(join(path, fileName(field)), field, fields.get(fileName(field)));
            if (value != null) {
                record.put(field.pos(), value);
            }
        }
        return record;
    }

    private @Nullable Object field(String path, Schema.Field field, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            if (field.hasDefaultValue()) {
                return SpecificData.get().getDefaultValue(field);
            }
            problems.add(path + ": missing (expected: " + expectation(field) + ")");
            return null;
        }
        return value(path, field, field.schema(), node);
    }

    private @Nullable Object value(String path, Schema.Field field, Schema schema, JsonNode node) {
        return switch (schema.getType()) {
            case UNION -> value(path, field, present(schema), node);
            case RECORD -> record(path, schema, node);
            case ARRAY -> list(path, field, schema, node);
            case ENUM -> symbol(path, schema, node);
            case STRING -> node.isValueNode() ? node.asText() : problem(path, node, expectation(field));
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : problem(path, node, "true or false");
            case INT -> node.isInt() ? node.intValue() : problem(path, node, expectation(field));
            case LONG -> number(path, field, node);
            default -> throw new IllegalStateException(path + ": a policy has no fields of type " + schema.getType());
        };
    }

    /** What an optional field holds when it is there. */
    static Schema present(Schema optional) {
        return optional.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private List<@Nullable Object> list(String path, Schema.Field field, Schema schema, JsonNode node) {
        if (!node.isArray()) {
            problem(path, node, "a list: " + expectation(field));
            return List.of();
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonNode element : node) {
            list.add(value(path + "[" + list.size() + "]", field, schema.getElementType(), element));
        }
        return list;
    }

    private @Nullable Object symbol(String path, Schema schema, JsonNode node) {
        String symbol = node.asText().toUpperCase(Locale.ROOT);
        List<String> allowed = schema.getEnumSymbols().stream()
                .filter(each -> !each.equals("UNKNOWN"))
                .toList();
        if (!allowed.contains(symbol)) {
            return problem(path, node, "one of " + String.join(", ", allowed).toLowerCase(Locale.ROOT));
        }
        return SpecificData.get().createEnum(symbol, schema);
    }

    private @Nullable Object number(String path, Schema.Field field, JsonNode node) {
        Optional<Long> number = field.name().endsWith(MICROS)
                ? micros(node)
                : field.name().endsWith(MILLIS) ? millis(node) : whole(node);
        return number.isPresent() ? number.get() : problem(path, node, expectation(field));
    }

    private static Optional<Long> micros(JsonNode node) {
        try {
            return node.isNumber()
                    ? Optional.of(
                            node.decimalValue().movePointRight(MICRO_DIGITS).longValueExact())
                    : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> millis(JsonNode node) {
        Matcher matcher = DURATION.matcher(node.asText());
        if (node.isInt() && node.intValue() == 0) {
            return Optional.of(0L);
        }
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) * UNIT_MS.getOrDefault(matcher.group(2), 0L))
                : Optional.empty();
    }

    private static Optional<Long> whole(JsonNode node) {
        return node.canConvertToLong() && node.isIntegralNumber() ? Optional.of(node.longValue()) : Optional.empty();
    }

    /** A loss matrix may be written as action: {class: loss}, which needs no counting of columns. */
    private JsonNode lossRows(String path, Schema schema, JsonNode node) {
        if (!schema.getName().equals("Question") || !node.path("loss").isObject()) {
            return node;
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        JsonNode loss = node.get("loss");
        loss.properties().forEach(action -> {
            ArrayNode losses = rows.addObject().put("action", action.getKey()).putArray("losses");
            String row = join(path, "loss." + action.getKey());
            Set<String> given = new TreeSet<>();
            action.getValue().fieldNames().forEachRemaining(given::add);
            for (JsonNode name : node.path("classes")) {
                JsonNode cost = action.getValue().path(name.asText());
                if (!given.remove(name.asText())) {
                    problems.add(row + "." + name.asText() + ": missing (expected: the loss of this action when the"
                            + " truth is this class)");
                }
                losses.add(cost.isNumber() ? cost : JsonNodeFactory.instance.numberNode(BigDecimal.ZERO));
            }
            given.forEach(extra -> problems.add(row + "." + extra + ": not a class of the question (expected: one of "
                    + node.path("classes") + ")"));
        });
        ObjectNode copy = node.deepCopy();
        copy.set("loss", rows);
        return copy;
    }

    private void unknownKeys(String path, Schema schema, JsonNode node) {
        List<String> known = names(schema);
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                problems.add(join(path, key) + ": unknown key (expected: one of " + String.join(", ", known) + ")");
            }
        }
    }

    private List<String> names(Schema schema) {
        return schema.getFields().stream()
                .filter(field -> !leftOut.contains(field.name()))
                .map(YamlToAvro::fileName)
                .toList();
    }

    static String fileName(Schema.Field field) {
        String name = field.name();
        return name.endsWith(MICROS)
                ? name.substring(0, name.length() - MICROS.length())
                : name.endsWith(MILLIS) ? name.substring(0, name.length() - MILLIS.length()) : name;
    }

    static String expectation(Schema.Field field) {
        String unit = field.name().endsWith(MICROS)
                ? "a number with at most 6 decimals; "
                : field.name().endsWith(MILLIS) ? "a duration such as 500ms, 90s, 15m, 2h or 1d; " : "";
        String said = field.doc().replaceAll(",? in micros( of [a-z ]+)?", "").replace(", milliseconds", "");
        return unit + (field.name().endsWith(MICROS) ? said.replace("1000000", "1") : said);
    }

    private @Nullable Object problem(String path, JsonNode found, String expected) {
        problems.add(path + ": "
                + (found.isValueNode()
                        ? found.asText()
                        : found.getNodeType().name().toLowerCase(Locale.ROOT)) + " (expected: " + expected + ")");
        return null;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
