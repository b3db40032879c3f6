package dev.heed.calibration.pressures;

import java.util.function.Consumer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Changed copies of records, which share what did not change: a test is taken further with every judgment. */
final class Copy {
    private Copy() {}

    static <T extends SpecificRecord> T with(T record, Consumer<T> change) {
        @SuppressWarnings("unchecked")
        T copy = (T) SpecificData.newInstance(record.getClass(), record.getSchema());
        for (int i = 0; i < record.getSchema().getFields().size(); i++) {
            copy.put(i, record.get(i));
        }
        change.accept(copy);
        return copy;
    }
}
