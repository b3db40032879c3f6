package dev.heed.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.event.Message;
import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.SchemaCatalog;
import dev.heed.serde.HeedAvroSerde;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Confluent's own client, as Flink ships it, against our registry; and its wire format against our serde. */
class ForeignClientTest {
    private static final String TOPIC = "messages";
    private static final String SUBJECT = TOPIC + "-value";
    private static final AvroSchema ONE = record("");
    private static final AvroSchema TWO = record("{\"name\": \"a\", \"type\": \"int\", \"default\": 0}");
    private static final AvroSchema BAD = record("{\"name\": \"a\", \"type\": \"string\"}");

    private final SchemaCatalog catalog = new SchemaCatalog(CompatibilityLevel.FULL_TRANSITIVE);
    private final RegistryServer server =
            RegistryServer.start(0, new RegistryApi(catalog, changes -> changes.forEach(catalog::apply)));
    private final String url = "http://" + Loopback.address(server.port());
    private final CachedSchemaRegistryClient client = new CachedSchemaRegistryClient(url, 100);
    private final HeedAvroSerde<Message> ours = new HeedAvroSerde<>();

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void registersLooksUpAndDeletes() throws Exception {
        assertThat(client.register("x", ONE)).isEqualTo(1);
        assertThat(client.register("x", TWO)).isEqualTo(2);
        assertThat(client.getAllSubjects()).containsExactly("x");
        assertThat(client.getAllVersions("x")).containsExactly(1, 2);
        assertThat(client.getVersion("x", TWO)).isEqualTo(2);
        assertThat(client.getId("x", ONE)).isEqualTo(1);
        assertThat(client.getLatestSchemaMetadata("x").getId()).isEqualTo(2);
        assertThat(client.getSchemaMetadata("x", 1).getSchema()).isEqualTo(ONE.canonicalString());
        assertThat(client.getAllSubjectsById(2)).containsExactly("x");
        assertThat(client.getAllVersionsById(2)).hasSize(1);

        CachedSchemaRegistryClient fresh = new CachedSchemaRegistryClient(url, 100);
        assertThat(fresh.getSchemaById(2)).isEqualTo(TWO);
        assertThat(fresh.deleteSchemaVersion("x", "2", false)).isEqualTo(2);
        assertThat(fresh.deleteSubject("x", false)).containsExactly(1);
        assertThat(fresh.deleteSubject("x", true)).containsExactly(1, 2);
        fresh.close();
    }

    @Test
    void asksForCompatibilityLevelsAndModes() throws Exception {
        client.register("x", ONE);
        assertThat(client.testCompatibility("x", TWO)).isTrue();
        assertThat(client.testCompatibility("x", BAD)).isFalse();
        assertThat(client.testCompatibilityVerbose("x", BAD)).isNotEmpty();
        assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
        assertThat(client.updateCompatibility("x", "FORWARD")).isEqualTo("FORWARD");
        assertThat(client.getCompatibility("x")).isEqualTo("FORWARD");
        assertThat(client.getMode()).isEqualTo("READWRITE");
        assertThat(client.setMode("READONLY", "x")).isEqualTo("READONLY");
        assertThat(client.getMode("x")).isEqualTo("READONLY");
    }

    @Test
    void understandsRefusals() throws Exception {
        assertCode(404, 40401, () -> client.getAllVersions("x"));
        assertCode(404, 40403, () -> client.getSchemaById(77));
        client.register("x", ONE);
        assertCode(409, 409, () -> client.register("x", BAD));
        assertCode(404, 40402, () -> client.getSchemaMetadata("x", 9));
        assertCode(404, 40408, () -> client.getConfig("x"));
        assertCode(422, 42203, () -> client.updateCompatibility("x", "SOME"));
        assertCode(422, 42204, () -> client.setMode("SOME"));
        client.setMode("READONLY");
        assertCode(422, 42205, () -> client.register("x", TWO));
    }

    @Test
    void readsWhatOurSerializerWrote() throws Exception {
        ours.configure(Map.of("schema.registry.url", url), false);
        Message said = Message.newBuilder().setRole("user").setContent("hi").build();

        ByteArrayInputStream in = new ByteArrayInputStream(ours.serializer().serialize(TOPIC, said));
        Schema schema = new ConfluentSchemaRegistryCoder(client).readSchema(in);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().directBinaryDecoder(in, null));

        assertThat(schema.getFullName()).isEqualTo("dev.heed.event.Message");
        assertThat(read.get("content")).hasToString("hi");
        assertThat(in.available()).isZero();
    }

    @Test
    void writesWhatOurDeserializerReads() throws Exception {
        ours.configure(Map.of("schema.registry.url", url), false);
        Schema schema = new Schema.Parser().parse(Message.getClassSchema().toString());
        GenericRecord said = new GenericData.Record(schema);
        said.put("role", "user");
        said.put("content", "hi");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ConfluentSchemaRegistryCoder(SUBJECT, client).writeSchema(schema, out);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(said, encoder);
        encoder.flush();

        assertThat(ours.deserializer().deserialize(TOPIC, out.toByteArray()))
                .isEqualTo(Message.newBuilder().setRole("user").setContent("hi").build());
        assertThat(client.getAllSubjects()).isEqualTo(List.of(SUBJECT));
    }

    private static void assertCode(int status, int code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RestClientException.class, refused -> {
            assertThat(refused.getStatus()).isEqualTo(status);
            assertThat(refused.getErrorCode()).isEqualTo(code);
        });
    }

    private static AvroSchema record(String fields) {
        return new AvroSchema(
                "{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"t\", \"fields\": [" + fields + "]}");
    }
}
