package dev.heed.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.embedded.StartException.Problem;
import dev.heed.event.Message;
import dev.heed.registry.CompatibilityLevel;
import dev.heed.registry.RegistryClient;
import dev.heed.registry.RegistryException;
import dev.heed.registry.SchemaCatalog;
import dev.heed.serde.HeedAvroSerde;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedRegistryIT {
    private final Path data;

    EmbeddedRegistryIT(@TempDir Path temporary) {
        this.data = temporary.resolve("data");
    }

    @Test
    void everythingSurvivesARestartAndAKill() throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data, 0, 0)) {
            RegistryClient client = client(platform.registryUrl());
            assertThat(client.register("x", schema("a"))).isEqualTo(1);
            assertThat(client.register("x", schema("a", "b"))).isEqualTo(2);
            client.setLevel("y", CompatibilityLevel.NONE);
        }
        try (PlatformProcess process = PlatformProcess.start(data)) {
            RegistryClient client = client(process.registryUrl());
            assertThat(client.versions("x")).containsExactly(1, 2);
            assertThat(client.level("y")).isEqualTo(CompatibilityLevel.NONE);
            assertThat(client.register("y", schema("c"))).isEqualTo(3);
            process.kill();
        }
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data, 0, 0)) {
            RegistryClient client = client(platform.registryUrl());
            assertThat(client.schemaById(3)).isEqualTo(schema("c"));
            assertThat(client.register("z", schema("a"))).isEqualTo(1);
            assertThat(client.register("z", schema("d"))).isEqualTo(4);
            assertThat(client.level(null)).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        }
    }

    @Test
    void oneSchemaRegisteredByManyAtOnceHasOneId() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (EmbeddedPlatform platform = EmbeddedPlatform.temporary()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String subject = "subject-" + i % 4;
                tasks.add(() -> {
                    RegistryClient client = client(platform.registryUrl());
                    int id = client.register(subject, schema("a"));
                    // What was registered can be read at once.
                    assertThat(client.version(subject, SchemaCatalog.LATEST).id())
                            .isEqualTo(id);
                    return id;
                });
            }
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(1);
            }
            assertThat(client(platform.registryUrl()).versions("subject-3")).containsExactly(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theSerdeWorksAgainstIt() {
        try (EmbeddedPlatform platform = EmbeddedPlatform.temporary();
                HeedAvroSerde<Message> writer = new HeedAvroSerde<>();
                HeedAvroSerde<Message> reader = new HeedAvroSerde<>()) {
            writer.configure(Map.of("schema.registry.url", platform.registryUrl()), false);
            reader.configure(Map.of("schema.registry.url", platform.registryUrl()), false);
            Message said = Message.newBuilder().setRole("user").setContent("hi").build();

            byte[] record = writer.serializer().serialize("messages", said);

            assertThat(reader.deserializer().deserialize("messages", record)).isEqualTo(said);
            assertThatThrownBy(() ->
                            client(platform.registryUrl()).register("messages-value", Schema.create(Schema.Type.INT)))
                    .isInstanceOfSatisfying(RegistryException.class, refused -> assertThat(refused.errorCode())
                            .isEqualTo(409));
        }
    }

    @Test
    void aTopicThatWouldLoseSchemasIsRefused() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("_schemas", 1, (short) 1)))
                        .all()
                        .get();
            }
            assertThatThrownBy(() -> EmbeddedRegistry.start(broker.bootstrapServers(), 0))
                    .isInstanceOfSatisfying(StartException.class, told -> {
                        assertThat(told.problem()).isEqualTo(Problem.REGISTRY_FAILED);
                        assertThat(told)
                                .hasMessage("topic _schemas has 1 partitions and cleanup.policy=delete"
                                        + " (expected: 1 partition and cleanup.policy=compact)");
                    });
        }
    }

    private static RegistryClient client(String url) {
        return RegistryClient.open(Map.of("schema.registry.url", url));
    }

    private static Schema schema(String... fields) {
        SchemaBuilder.FieldAssembler<Schema> record =
                SchemaBuilder.record("R").namespace("t").fields();
        for (String field : fields) {
            record.optionalInt(field);
        }
        return record.endRecord();
    }
}
