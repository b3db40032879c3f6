package dev.heed.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads plain JSON in a schema's field names into its generated record. Fields with a default may be left out. */
public final class JsonReader {
    private static final SpecificData DATA = SpecificData.get();

    private final List<String> problems = new ArrayList<>();

    private JsonReader() {}

    /**
     * The record that the JSON says.
     *
     * @throws JsonMismatch with every problem found: missing or unknown fields, wrong types, numbers out of range
     */
    public static <T extends SpecificRecord> T read(Class<T> type, JsonNode json) {
        JsonReader reader = new JsonReader();
        Object record = reader.record("", DATA.getSchema(type), json);
        if (record == null || !reader.problems.isEmpty()) {
            throw new JsonMismatch(reader.problems);
        }
        return type.cast(record);
    }

    private @Nullable Object record(String path, Schema schema, JsonNode json) {
        if (!json.isObject()) {
            return problem(path, json, "an object with the fields of " + schema.getName());
        }
        refuseUnknown(path, schema, json);
        SpecificRecord record = (SpecificRecord) SpecificData.newInstance(DATA.getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            String at = path.isEmpty() ? field.name() : path + "." + field.name();
            JsonNode value = json.get(field.name());
            if (value != null) {
                Object read = value(at, field.schema(), value);
                if (read != null) {
                    record.put(field.pos(), read);
                }
            } else if (field.hasDefaultValue()) {
                record.put(field.pos(), DATA.deepCopy(field.schema(), DATA.getDefaultValue(field)));
            } else {
                problems.add(at + ": missing (expected: " + describe(field.schema()) + ", " + sentence(field) + ")");
            }
        }
        return record;
    }

    private void refuseUnknown(String path, Schema schema, JsonNode json) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (schema.getField(name) == null) {
                String known =
                        schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", "));
                problems.add((path.isEmpty() ? name : path + "." + name) + ": unknown field (expected one of: " + known
                        + ")");
            }
        }
    }

    private @Nullable Object value(String path, Schema schema, JsonNode json) {
        return switch (schema.getType()) {
            case UNION -> optional(path, schema, json);
            case RECORD -> record(path, schema, json);
            case ARRAY -> array(path, schema, json);
            case ENUM -> symbol(path, schema, json);
            case STRING -> json.isTextual() ? json.textValue() : problem(path, json, "a string");
            case BYTES -> bytes(path, json);
            case BOOLEAN -> json.isBoolean() ? json.booleanValue() : problem(path, json, "true or false");
            case INT -> isInt(json) ? json.intValue() : problem(path, json, "a whole number of 32 bits");
            case LONG -> isLong(json) ? json.longValue() : problem(path, json, "a whole number of 64 bits");
            case FLOAT -> json.isNumber() ? json.floatValue() : problem(path, json, "a number");
            case DOUBLE -> json.isNumber() ? json.doubleValue() : problem(path, json, "a number");
            default -> throw new IllegalStateException(path + ": type " + schema.getType() + " is not in use here");
        };
    }

    private @Nullable Object optional(String path, Schema union, JsonNode json) {
        if (json.isNull()) {
            return union.isNullable() ? null : problem(path, json, describe(union));
        }
        for (Schema branch : union.getTypes()) {
            if (branch.getType() != Schema.Type.NULL) {
                return value(path, branch, json);
            }
        }
        throw new IllegalStateException(path + ": a union of null alone");
    }

    private @Nullable Object array(String path, Schema schema, JsonNode json) {
        if (!json.isArray()) {
            return problem(path, json, describe(schema));
        }
        List<@Nullable Object> items = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            items.add(value(path + "[" + i + "]", schema.getElementType(), json.get(i)));
        }
        return items;
    }

    private @Nullable Object symbol(String path, Schema schema, JsonNode json) {
        return json.isTextual() && schema.hasEnumSymbol(json.textValue())
                ? DATA.createEnum(json.textValue(), schema)
                : problem(path, json, describe(schema));
    }

    private @Nullable Object bytes(String path, JsonNode json) {
        try {
            return json.isTextual() ? TextBytes.read(json.textValue()) : problem(path, json, "a string");
        } catch (IllegalArgumentException notBase64) {
            return problem(path, json, "text, or base64: and Base64");
        }
    }

    private @Nullable Object problem(String path, JsonNode found, String expected) {
        problems.add((path.isEmpty() ? "record" : path) + ": " + shortened(found) + " (expected: " + expected + ")");
        return null;
    }

    private static boolean isInt(JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToInt();
    }

    private static boolean isLong(JsonNode json) {
        return json.isIntegralNumber() && json.canConvertToLong();
    }

    private static String shortened(JsonNode found) {
        String text = found.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String sentence(Schema.Field field) {
        return field.doc() == null ? field.name() : field.doc().replaceAll("[.\\s]+$", "");
    }

    private static String describe(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().map(JsonReader::describe).collect(Collectors.joining(" or "));
            case ARRAY -> "an array of " + describe(schema.getElementType());
            case ENUM -> "one of " + String.join(", ", schema.getEnumSymbols());
            case RECORD -> "an object " + schema.getName();
            default -> schema.getType().getName();
        };
    }
}
