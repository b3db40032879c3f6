package dev.heed.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Which earlier versions a new schema must be able to read (backward), be read by (forward), or both (full). Levels and
 * names are those of the Confluent registry; the comparison itself is Avro's own {@link SchemaCompatibility}.
 */
public enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /**
     * The level with this name, in any case.
     *
     * @throws RegistryException 42203 if there is none
     */
    public static CompatibilityLevel named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> RegistryError.INVALID_COMPATIBILITY_LEVEL.because(
                        "Invalid compatibility level '" + name + "'. Valid values are " + Arrays.toString(values())));
    }

    /**
     * Every reason why {@code proposed} may not follow {@code earlier} at this level; empty if it may.
     *
     * @param earlier versions in the order they were registered, oldest first
     */
    public List<String> conflicts(Schema proposed, List<RegisteredSchema> earlier) {
        List<String> reasons = new ArrayList<>();
        int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
        for (RegisteredSchema old : earlier.subList(first, earlier.size())) {
            if (backward) {
                reasons.addAll(explain("new schema cannot read version " + old.version(), proposed, old.schema()));
            }
            if (forward) {
                reasons.addAll(explain("version " + old.version() + " cannot read new schema", old.schema(), proposed));
            }
        }
        return List.copyOf(reasons);
    }

    private static List<String> explain(String what, Schema reader, Schema writer) {
        List<Incompatibility> found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
        return found.stream()
                .map(one -> what + ": " + one.getType() + " at " + one.getLocation() + ": " + one.getMessage())
                .toList();
    }
}
