package dev.heed.bench;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The least a stateful Streams application can do per record: read what is stored at its key, write the record there,
 * and pass it on. What the loop's own work costs is measured against it.
 */
final class BareApplication {
    private static final String STORE = "bare-store";

    private BareApplication() {}

    static Topology topology(String[] inputs, String output) {
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), inputs);
        topology.addProcessor("bare", ReadModifyWrite::new, "in");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of())
                        .withCachingDisabled(),
                "bare");
        topology.addSink("out", output, new ByteArraySerializer(), new ByteArraySerializer(), "bare");
        return topology;
    }

    private static final class ReadModifyWrite implements Processor<byte[], byte[], byte[], byte[]> {
        private @Nullable ProcessorContext<byte[], byte[]> context;
        private @Nullable KeyValueStore<Bytes, byte[]> store;

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
            store = given.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            KeyValueStore<Bytes, byte[]> stored = Objects.requireNonNull(store);
            Bytes key = Bytes.wrap(record.key());
            byte[] before = stored.get(key);
            byte[] after = record.value().clone();
            after[after.length - 1] ^= before == null ? 0 : before[before.length - 1];
            stored.put(key, after);
            Objects.requireNonNull(context).forward(record);
        }
    }
}
