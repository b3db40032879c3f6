package dev.heed.guarantee;

import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.serde.AvroBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** Where two states differ, apart from the clock, which follows from the journal and not from facts. */
public final class StateDifference {
    private StateDifference() {}

    /** One line per key whose records differ in bytes. */
    public static List<String> between(MemoryState left, MemoryState right) {
        Map<String, SpecificRecord> a = left.entries();
        Map<String, SpecificRecord> b = right.entries();
        TreeSet<String> keys = new TreeSet<>(a.keySet());
        keys.addAll(b.keySet());
        keys.remove(StageRunner.CLOCK_KEY);
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            SpecificRecord one = a.get(key);
            SpecificRecord other = b.get(key);
            if (one == null || other == null || !AvroBytes.equal(one, other)) {
                differences.add(key.replace('\u0000', '|') + ": " + one + " against " + other);
            }
        }
        return differences;
    }
}
