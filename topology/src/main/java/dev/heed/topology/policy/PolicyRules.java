package dev.heed.topology.policy;

import dev.heed.intake.shape.PolicyShape;
import dev.heed.intake.shape.Problems;
import dev.heed.policy.Policy;
import dev.heed.topology.LoopTopology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The rules of a policy that concern one field alone, as the shape checks state them. The checks are run over samples
 * and tell which rules they apply; a rule that depends on other fields is not the same in all of them and is left out.
 */
final class PolicyRules {
    /** The samples' numbers differ, and between them they have every symbol of every enum, true and false. */
    private static final int SAMPLES = 24;

    /** A least and a most. */
    record Range(String least, String most) {}

    private final Map<String, Range> numbers = new HashMap<>();
    private final Map<String, Range> durations = new HashMap<>();
    private final Map<String, Range> entries = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> varying = new HashSet<>();
    private final Map<String, Integer> times = new HashMap<>();

    private PolicyRules() {}

    static PolicyRules ofShapes() {
        PolicyRules rules = new PolicyRules();
        PolicyShape shape = new PolicyShape(LoopTopology.levels());
        for (int number = 1; number <= SAMPLES; number++) {
            Policy sample = (Policy) sample(Policy.getClassSchema(), number);
            shape.check(sample, Problems.asInFile(rules.new Recorder()));
        }
        rules.times.forEach((path, times) -> {
            if (times % SAMPLES != 0) {
                rules.varying.add(path);
            }
        });
        for (Map<String, Range> each : List.of(rules.numbers, rules.durations, rules.entries)) {
            each.keySet().removeAll(rules.varying);
        }
        rules.ids.removeAll(rules.varying);
        return rules;
    }

    /** The range of a number at a path, in which {@code []} stands for each place of a list. */
    Optional<Range> number(String path) {
        return Optional.ofNullable(numbers.get(path));
    }

    Optional<Range> duration(String path) {
        return Optional.ofNullable(durations.get(path));
    }

    /** How many entries a list may have; checks of a list of records name it by its id field. */
    Optional<Range> entries(String path, Schema element) {
        if (element.getType() == Schema.Type.RECORD) {
            for (Schema.Field field : element.getFields()) {
                Range named = entries.get(path + "." + YamlToAvro.fileName(field));
                if (named != null) {
                    return Optional.of(named);
                }
            }
        }
        return Optional.ofNullable(entries.get(path));
    }

    boolean isId(String path) {
        int last = path.lastIndexOf("[].");
        return ids.contains(path)
                || (last >= 0 && ids.contains(path.substring(0, last) + path.substring(last + 2) + "[]"));
    }

    private static Object sample(Schema schema, int number) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, number);
            case ARRAY -> List.of(sample(schema.getElementType(), number));
            case UNION -> sample(YamlToAvro.present(schema), number);
            case ENUM -> {
                List<String> known = schema.getEnumSymbols()
                        .subList(1, schema.getEnumSymbols().size());
                yield SpecificData.get().createEnum(known.get(number % known.size()), schema);
            }
            case STRING -> "a";
            case BOOLEAN -> number % 2 == 0;
            case INT -> number;
            case LONG -> (long) number;
            default -> throw new IllegalStateException("a policy has no fields of type " + schema.getType());
        };
    }

    private static SpecificRecord record(Schema schema, int number) {
        SpecificRecord record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> record.put(field.pos(), sample(field.schema(), number)));
        return record;
    }

    private final class Recorder implements Problems.Rules {
        @Override
        public void number(String path, String least, String most) {
            record(numbers, path, new Range(least, most));
        }

        @Override
        public void duration(String path, String least, String most) {
            record(durations, path, new Range(least, most));
        }

        @Override
        public void entries(String path, int least, int most) {
            record(entries, path, new Range(String.valueOf(least), String.valueOf(most)));
        }

        @Override
        public void id(String path) {
            ids.add(general(path));
            times.merge(general(path), 1, Integer::sum);
        }

        private void record(Map<String, Range> rules, String path, Range range) {
            times.merge(general(path), 1, Integer::sum);
            Range before = rules.put(general(path), range);
            if (before != null && !before.equals(range)) {
                varying.add(general(path));
            }
        }

        private static String general(String path) {
            return path.replaceAll("\\[\\d+]", "[]");
        }
    }
}
