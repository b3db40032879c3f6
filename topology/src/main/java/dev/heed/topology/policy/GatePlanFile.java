package dev.heed.topology.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.event.GatePlan;
import dev.heed.gates.plans.PlanProblems;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plan of a gate from YAML or JSON. Its keys are those of the schemas without their unit, as in a policy file:
 * {@code margin: 0.05}, {@code watch: 30d}. The deadline is a moment, {@code 2026-03-01T12:00:00Z}, so that the same file
 * is the same plan whenever it is sent.
 */
public final class GatePlanFile {
    private static final String DEADLINE = "deadline";
    private static final Set<String> PUBLISHERS = Set.of("event_id", "occurred_at_ms", "deadline_ms");

    private GatePlanFile() {}

    /**
     * The plan a file describes.
     *
     * @param name the file's name, for messages
     * @param text its text
     * @param nowMs when the plan is made, milliseconds since the epoch; its deadline must be later
     * @throws PolicyInvalid with every problem found
     */
    public static GatePlan parse(String name, String text, long nowMs) throws PolicyInvalid {
        List<String> problems = new ArrayList<>();
        ObjectNode root = (ObjectNode) PolicyFile.read(name, text, "candidate_id: ...");
        long deadlineMs = deadlineMs(root.remove(DEADLINE), nowMs, problems);
        SpecificRecord record = new YamlToAvro(problems, PUBLISHERS).record(GatePlan.getClassSchema(), root);
        if (!problems.isEmpty()) {
            throw new PolicyInvalid(name, problems);
        }
        // The same text is the same event, a text put right is another.
        UUID id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        put(record, "event_id", "plan-" + id);
        put(record, "occurred_at_ms", nowMs);
        put(record, "deadline_ms", deadlineMs);
        GatePlan plan = (GatePlan) SpecificData.get().deepCopy(GatePlan.getClassSchema(), record);
        List<String> mistakes = PlanProblems.asInFile(plan, nowMs);
        if (!mistakes.isEmpty()) {
            throw new PolicyInvalid(name, mistakes);
        }
        return plan;
    }

    private static long deadlineMs(@Nullable JsonNode found, long nowMs, List<String> problems) {
        if (found == null) {
            problems.add("deadline: missing (expected: a moment such as 2026-03-01T12:00:00Z, when results that are not"
                    + " in count against the candidate)");
            return 0;
        }
        try {
            Instant deadline = Instant.parse(found.asText());
            if (deadline.toEpochMilli() <= nowMs) {
                problems.add("deadline: " + deadline + " (expected: after " + Instant.ofEpochMilli(nowMs) + ")");
            }
            return deadline.toEpochMilli();
        } catch (DateTimeException | ArithmeticException wrong) {
            problems.add("deadline: " + found.asText() + " (expected: a moment such as 2026-03-01T12:00:00Z)");
            return 0;
        }
    }

    private static void put(SpecificRecord record, String field, Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }
}
