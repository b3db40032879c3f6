package dev.heed.topology.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.heed.intake.shape.PolicyShape;
import dev.heed.intake.shape.Problems;
import dev.heed.policy.Policy;
import dev.heed.topology.LoopTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads a policy file. Its keys are those of the policy schemas without their unit: what the schema calls {@code
 * label_cost_micros} is {@code label_cost: 0.2} in the file, and {@code lease_ms} is {@code lease: 15m}.
 */
public final class PolicyFile {
    /** Longest policy file read, in characters. */
    static final int MAX_LENGTH = 1_000_000;

    /** Fields that the publisher fills, not the file. */
    static final Set<String> PUBLISHERS = Set.of("event_id", "occurred_at_ms");

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PolicyFile() {}

    /**
     * The policy a file describes.
     *
     * @param name the file's name, for messages
     * @param yaml its text
     * @param occurredAtMs when the policy is said to be made, milliseconds since the epoch
     * @throws PolicyInvalid with every problem found
     */
    public static Policy parse(String name, String yaml, long occurredAtMs) throws PolicyInvalid {
        List<String> problems = new ArrayList<>();
        JsonNode root = read(name, yaml, "policy_version: ...");
        SpecificRecord record = new YamlToAvro(problems, PUBLISHERS).record(Policy.getClassSchema(), root);
        if (!problems.isEmpty()) {
            throw new PolicyInvalid(name, problems);
        }
        record.put(Policy.getClassSchema().getField("event_id").pos(), "policy-" + version(record));
        record.put(Policy.getClassSchema().getField("occurred_at_ms").pos(), occurredAtMs);
        Policy policy = (Policy) SpecificData.get().deepCopy(Policy.getClassSchema(), record);
        Problems shape = Problems.asInFile();
        new PolicyShape(LoopTopology.levels()).check(policy, shape);
        if (!shape.none()) {
            throw new PolicyInvalid(name, shape.list());
        }
        return policy;
    }

    private static Object version(SpecificRecord policy) {
        return policy.get(Policy.getClassSchema().getField("policy_version").pos());
    }

    /** A file as a tree, whose first key is named where it is none. */
    static JsonNode read(String name, String yaml, String firstKey) throws PolicyInvalid {
        if (yaml.length() > MAX_LENGTH) {
            throw new PolicyInvalid(
                    name, List.of("length: " + yaml.length() + " characters (expected: at most " + MAX_LENGTH + ")"));
        }
        try {
            JsonNode root = YAML.readTree(yaml);
            if (root == null || !root.isObject()) {
                throw new PolicyInvalid(name, List.of("the file: not a mapping (expected: " + firstKey + ", ...)"));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new PolicyInvalid(
                    name,
                    List.of(place(e)
                            + e.getOriginalMessage().strip().lines().findFirst().orElse("")));
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
    }
}
