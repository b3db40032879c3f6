package dev.heed.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a schema must say so that a reader needs nothing else. */
class SchemaStyleTest {
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    /** Words that name a quantity; a number so named must end in its unit. */
    private static final Pattern NEEDS_UNIT =
            Pattern.compile(".*(^|_)(at|time|deadline|timeout|duration|latency|period|interval|ttl|since|until)(_.*)?");

    private static final Pattern HAS_UNIT =
            Pattern.compile(".*_(ms|seconds|minutes|hours|days|ticks|micros|bytes|count|offset|version|level|id)");
    private static final Set<Schema.Type> NUMBERS =
            Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

    @Test
    void everySchemaSaysWhatItMeans() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Schema schema : CommittedSchemas.current().values()) {
            check(schema, problems);
        }
        assertThat(problems).isEmpty();
    }

    private static void check(Schema schema, List<String> problems) {
        String name = schema.getFullName();
        if (isBlank(schema.getDoc())) {
            problems.add(name + ": no doc");
        }
        if (schema.getType() == Schema.Type.ENUM && !"UNKNOWN".equals(schema.getEnumDefault())) {
            problems.add(name + ": default " + schema.getEnumDefault() + " (expected: UNKNOWN)");
        }
        if (schema.getType() == Schema.Type.RECORD) {
            schema.getFields().forEach(field -> check(name + "." + field.name(), field, problems));
        }
    }

    private static void check(String name, Field field, List<String> problems) {
        if (isBlank(field.doc())) {
            problems.add(name + ": no doc");
        }
        if (!SNAKE_CASE.matcher(field.name()).matches()) {
            problems.add(name + ": expected snake_case");
        }
        Schema.Type type = core(field.schema()).getType();
        boolean unitMissing = NEEDS_UNIT.matcher(field.name()).matches()
                && !HAS_UNIT.matcher(field.name()).matches();
        if (NUMBERS.contains(type) && unitMissing) {
            problems.add(name + ": no unit in the name (expected: _ms, _ticks or the like at its end)");
        }
    }

    /** What an optional field or an array holds. */
    private static Schema core(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .map(SchemaStyleTest::core)
                        .orElse(schema);
            case ARRAY -> core(schema.getElementType());
            default -> schema;
        };
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
