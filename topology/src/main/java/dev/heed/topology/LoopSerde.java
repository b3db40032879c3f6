package dev.heed.topology;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/** Makes the serde that the settings name, so that a site with another registry client can bring its own. */
public final class LoopSerde {
    private LoopSerde() {}

    /**
     * A configured serde for values, to be shared by all threads.
     *
     * @throws IllegalArgumentException when the class cannot be used
     */
    @SuppressWarnings("unchecked") // a serde of another type fails on the first record, loudly
    public static Serde<SpecificRecord> of(LoopSettings settings) {
        try {
            Serde<SpecificRecord> serde = Utils.newInstance(settings.serdeClass(), Serde.class);
            serde.configure(settings.serdeSettings(), false);
            return serde;
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "serde_class: " + settings.serdeClass() + " (expected: a class on the class path that implements "
                            + Serde.class.getName() + ")",
                    e);
        }
    }
}
