package dev.heed.audit;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.intake.Intake;
import dev.heed.math.Merkle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic whose partitions have trees: the journal or the facts of a stage.
 *
 * @param stage the stage's name
 * @param log {@link #FACTS} or {@link #JOURNAL}
 */
public record AuditedLog(String stage, String log, Channel channel) {
    public static final String FACTS = "facts";
    public static final String JOURNAL = "journal";

    /** All of a loop: journals and facts of its stages, and the facts of intake, which has no journal. */
    public static List<AuditedLog> of(List<Stage> stages) {
        List<AuditedLog> logs = new ArrayList<>();
        logs.add(new AuditedLog(Intake.STAGE, FACTS, Channel.INTAKE_FACTS));
        for (Stage stage : stages) {
            logs.add(facts(stage));
            logs.add(journal(stage));
        }
        return List.copyOf(logs);
    }

    public static AuditedLog facts(Stage stage) {
        return new AuditedLog(stage.name(), FACTS, stage.facts());
    }

    public static AuditedLog journal(Stage stage) {
        return new AuditedLog(stage.name(), JOURNAL, stage.journal());
    }

    /**
     * The hash of a record as it is stored. The key counts too, as stages decide by it; its length comes first, so that
     * no byte can pass from one to the other.
     */
    public static byte[] leaf(byte @Nullable [] key, byte @Nullable [] value) {
        return Merkle.leaf(entry(key, value));
    }

    /** What {@link #leaf} hashes: four bytes of key length (-1 for no key), key, value. */
    public static byte[] entry(byte @Nullable [] key, byte @Nullable [] value) {
        byte[] keyBytes = key == null ? new byte[0] : key;
        byte[] valueBytes = value == null ? new byte[0] : value;
        return ByteBuffer.allocate(Integer.BYTES + keyBytes.length + valueBytes.length)
                .putInt(key == null ? -1 : keyBytes.length)
                .put(keyBytes)
                .put(valueBytes)
                .array();
    }

    /** As {@link #leaf(byte[], byte[])}, of a key that is text. */
    public static byte[] leaf(@Nullable String key, byte @Nullable [] value) {
        return leaf(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
    }
}
