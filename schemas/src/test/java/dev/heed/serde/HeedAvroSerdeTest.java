package dev.heed.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.registry.MemoryRegistryClient;
import dev.heed.registry.RegistryUnavailableException;
import dev.heed.registry.SchemaCatalog;
import dev.heed.sample.Certainty;
import dev.heed.sample.Sighting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeedAvroSerdeTest {
    private static final String TOPIC = "heed.sightings.v1";
    private static final String SUBJECT = TOPIC + "-value";
    private static final String URL = "memory://serde-test";

    private final MemoryRegistryClient registry = MemoryRegistryClient.of("serde-test");
    private final HeedAvroSerde<Sighting> serde = new HeedAvroSerde<>();

    @BeforeEach
    void configure() {
        serde.configure(Map.of("schema.registry.url", URL), false);
    }

    @AfterEach
    void drop() {
        MemoryRegistryClient.drop("serde-test");
    }

    @Test
    void aRecordComesBackAsItWas() {
        Sighting seen = sighting("wren");

        byte[] first = serde.serializer().serialize(TOPIC, seen);
        byte[] second = serde.serializer().serialize(TOPIC, sighting("robin"));

        assertThat(serde.deserializer().deserialize(TOPIC, first)).isEqualTo(seen);
        assertThat(serde.deserializer().deserialize(TOPIC, second)).isEqualTo(sighting("robin"));
        assertThat(registry.versions(SUBJECT)).containsExactly(1);
        assertThat(Arrays.copyOf(first, 5)).isEqualTo(WireFormat.header(1)).isEqualTo(Arrays.copyOf(second, 5));
    }

    @Test
    void theRegisteredSchemaIsTheCommittedOneWithoutJavaProperties() throws IOException {
        serde.serializer().serialize(TOPIC, sighting("wren"));

        Schema committed = new Schema.Parser().parse(new java.io.File("src/test/avro/Sighting.avsc"));
        assertThat(registry.version(SUBJECT, 1).schema().toString()).isEqualTo(committed.toString());
        assertThat(Sighting.getClassSchema().toString()).contains("avro.java.string");
    }

    @Test
    void nullStaysNull() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void keysHaveTheirOwnSubject() {
        HeedAvroSerde<Sighting> keys = new HeedAvroSerde<>();
        keys.configure(Map.of("schema.registry.url", URL), true);

        keys.serializer().serialize(TOPIC, sighting("wren"));

        assertThat(registry.subjects()).containsExactly(TOPIC + "-key");
    }

    @Test
    void sameInstanceEveryTimeAndClosingHarmsNobody() {
        assertThat(serde.serializer()).isSameAs(serde.serializer());
        assertThat(serde.deserializer()).isSameAs(serde.deserializer());
        serde.serializer().close();
        serde.deserializer().close();
        serde.close();
        aRecordComesBackAsItWas();
    }

    @Test
    void anOlderWritersRecordIsReadWithDefaultsForWhatItLacks() throws IOException {
        Schema older = new Schema.Parser().parse("""
                {"type": "record", "name": "Sighting", "namespace": "dev.heed.sample", "fields": [
                  {"name": "seen_at_ms", "type": "long"}, {"name": "bird", "type": "string"}]}""");
        GenericRecord old = new GenericData.Record(older);
        old.put("bird", "wren");
        old.put("seen_at_ms", 7L);

        Sighting read = serde.deserializer().deserialize(TOPIC, wire(registry.register(SUBJECT, older), old));

        assertThat(read)
                .isEqualTo(Sighting.newBuilder().setBird("wren").setSeenAtMs(7).build());
        assertThat(read.getCertainty()).isEqualTo(Certainty.UNKNOWN);
    }

    @Test
    void aNewerWritersSymbolBecomesUnknown() throws IOException {
        Schema newer = new Schema.Parser()
                .parse(Sighting.getClassSchema().toString().replace("\"HIGH\"", "\"HIGH\",\"CERTAIN\""));
        GenericRecord record = new GenericData.Record(newer);
        record.put("bird", "wren");
        record.put("seen_at_ms", 7L);
        record.put(
                "certainty",
                new GenericData.EnumSymbol(newer.getField("certainty").schema(), "CERTAIN"));
        record.put("counts", List.of(1));

        Sighting read = serde.deserializer().deserialize(TOPIC, wire(registry.register(SUBJECT, newer), record));

        assertThat(read.getCertainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(read.getCounts()).containsExactly(1);
    }

    @Test
    void badBytesSayTopicFindingAndExpectation() {
        byte[] good = serde.serializer().serialize(TOPIC, sighting("wren"));
        assertUndecodable("{}  {}".getBytes(StandardCharsets.UTF_8), "first byte 0x7b");
        assertUndecodable(new byte[0], "found 0 bytes");
        assertUndecodable(new byte[] {0, 0, 0, 0, 99, 1}, "schema id 99", "not found");
        assertUndecodable(Arrays.copyOf(good, good.length - 1), "schema id 1 (dev.heed.sample.Sighting)");
        assertUndecodable(Arrays.copyOf(good, good.length + 1), "left over");
        assertUndecodable(new byte[] {0, 0, 0, 0, 1, -2, -1, -1, -1, 15, 'w'}, "cannot read");
    }

    @Test
    void aSchemaWithoutClassIsRefused() throws IOException {
        Schema stranger = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"java.lang.ProcessBuilder\", \"fields\": []}");
        Schema unknown =
                new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"org.nowhere.Foo\", \"fields\": []}");
        assertUndecodable(
                wire(registry.register("a", stranger), new GenericData.Record(stranger)),
                "names java.lang.ProcessBuilder (expected: a class generated from an Avro record)");
        assertUndecodable(
                wire(registry.register("b", unknown), new GenericData.Record(unknown)),
                "names org.nowhere.Foo (expected: a class on the class path)");
    }

    private void assertUndecodable(byte[] record, String... parts) {
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, record))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("topic " + TOPIC + ": ")
                .hasMessageContainingAll(parts);
    }

    @Test
    void aMissingFieldIsNamed() {
        Sighting incomplete = new Sighting();
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, incomplete))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("topic " + TOPIC, "dev.heed.sample.Sighting", "bird");
    }

    @Test
    void withoutAutoRegisterTheSchemaMustBeThere() {
        HeedAvroSerde<Sighting> strict = new HeedAvroSerde<>();
        strict.configure(Map.of("schema.registry.url", URL, "auto.register.schemas", "false"), false);
        assertThatThrownBy(() -> strict.serializer().serialize(TOPIC, sighting("wren")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll(
                        "topic " + TOPIC, "subject " + SUBJECT, "auto.register.schemas=false", "not found");

        serde.serializer().serialize(TOPIC, sighting("wren"));
        assertThat(strict.serializer().serialize(TOPIC, sighting("wren"))).isNotEmpty();
    }

    @Test
    void latestVersionIsWrittenFieldByFieldNotByPosition() throws IOException {
        Schema latest = new Schema.Parser().parse("""
                {"type": "record", "name": "Sighting", "namespace": "dev.heed.sample", "fields": [
                  {"name": "seen_at_ms", "type": "long"},
                  {"name": "place", "type": "string", "default": "nowhere"},
                  {"name": "bird", "type": "string"}]}""");
        int id = registry.register(SUBJECT, latest);
        HeedAvroSerde<Sighting> latestSerde = new HeedAvroSerde<>();
        latestSerde.configure(
                Map.of("schema.registry.url", URL, "auto.register.schemas", false, "use.latest.version", true), false);

        byte[] written = latestSerde.serializer().serialize(TOPIC, sighting("wren"));

        assertThat(WireFormat.schemaId(written)).isEqualTo(id);
        GenericRecord read = new GenericDatumReader<GenericRecord>(latest)
                .read(null, DecoderFactory.get().binaryDecoder(written, 5, written.length - 5, null));
        assertThat(read.get("bird")).hasToString("wren");
        assertThat(read.get("place")).hasToString("nowhere");
        assertThat(registry.version(SUBJECT, SchemaCatalog.LATEST).version()).isEqualTo(1);
    }

    @Test
    void settingsAreChecked() {
        assertConfig(Map.of(), "schema.registry.url");
        assertConfig(Map.of("schema.registry.url", "localhost:8081"), "expected http://");
        assertConfig(Map.of("schema.registry.url", "memory://a,memory://b"), "alone");
        assertConfig(Map.of("schema.registry.url", URL, "use.latest.version", true), "auto.register.schemas=false");
        assertConfig(Map.of("schema.registry.url", URL, "specific.avro.value.type", "java.lang.String"), "Avro record");
        assertThatThrownBy(() -> new HeedAvroSerde<Sighting>().serializer().serialize(TOPIC, sighting("wren")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before configure()");
    }

    private static void assertConfig(Map<String, ?> configs, String part) {
        assertThatThrownBy(() -> new HeedAvroSerde<Sighting>().configure(configs, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(part);
    }

    @Test
    void aSilentRegistryIsNotTheRecordsFault() {
        HeedAvroSerde<Sighting> lonely = new HeedAvroSerde<>();
        lonely.configure(
                Map.of(
                        "schema.registry.url", "http://127.0.0.1:1,http://127.0.0.1:2",
                        "max.retries", 1,
                        "retries.wait.ms", 0),
                false);
        assertThatThrownBy(() -> lonely.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll(
                        "http://127.0.0.1:1", "http://127.0.0.1:2", "asked 2 times", "ConnectException");
    }

    @Test
    void oneInstanceServesManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String prefix = "bird-" + thread + "-";
                tasks.add(() -> roundTrips(prefix, 2_000));
            }
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(2_000);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(registry.subjects()).hasSize(4);
    }

    private int roundTrips(String prefix, int times) {
        int equal = 0;
        for (int i = 0; i < times; i++) {
            String topic = TOPIC + "-" + i % 4;
            Sighting seen = sighting(prefix + i);
            byte[] bytes = serde.serializer().serialize(topic, seen);
            equal += seen.equals(serde.deserializer().deserialize(topic, bytes)) ? 1 : 0;
        }
        return equal;
    }

    static Sighting sighting(String bird) {
        return Sighting.newBuilder()
                .setBird(bird)
                .setSeenAtMs(1_700_000_000_000L)
                .setCertainty(Certainty.HIGH)
                .setNote("in the hedge")
                .setCounts(List.of(1, 2, 3))
                .build();
    }

    private static byte[] wire(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(id));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
