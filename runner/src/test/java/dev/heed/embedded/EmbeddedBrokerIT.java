package dev.heed.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.embedded.StartException.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    private static final String TOPIC = "events";

    private final Path temporary;
    private final Path data;

    EmbeddedBrokerIT(@TempDir Path temporary) {
        this.temporary = temporary;
        this.data = temporary.resolve("data");
    }

    @Test
    void recordsSurviveARestartOnOtherPorts() throws Exception {
        try (EmbeddedBroker first = EmbeddedBroker.start(data, 0)) {
            createTopic(first.bootstrapServers());
            produce(first.bootstrapServers(), "one", false);
        }
        try (EmbeddedBroker second = EmbeddedBroker.start(data, 0)) {
            assertThat(consume(second.bootstrapServers(), 1)).containsExactly("one");
            produce(second.bootstrapServers(), "two", true);
        }
        try (EmbeddedBroker third = EmbeddedBroker.start(data, 0)) {
            assertThat(consume(third.bootstrapServers(), 2)).containsExactly("one", "two");
        }
    }

    @Test
    void recordsSurviveAKillAndTheDirectoryIsFreeAgain() throws Exception {
        try (PlatformProcess process = PlatformProcess.start(data)) {
            createTopic(process.bootstrapServers());
            produce(process.bootstrapServers(), "one", true);
            process.kill();
        }
        try (PlatformProcess process = PlatformProcess.start(data)) {
            assertThat(consume(process.bootstrapServers(), 1)).containsExactly("one");
            produce(process.bootstrapServers(), "two", true);
            process.kill();
        }
        try (EmbeddedBroker last = EmbeddedBroker.start(data, 0)) {
            assertThat(consume(last.bootstrapServers(), 2)).containsExactly("one", "two");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedByEveryOtherProcess() throws Exception {
        try (EmbeddedBroker holder = EmbeddedBroker.start(data, 0)) {
            createTopic(holder.bootstrapServers());
            long pid = ProcessHandle.current().pid();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertProblem(() -> EmbeddedBroker.start(data, 0), Problem.DIRECTORY_IN_USE, "by process " + pid);
                try (PlatformProcess other = PlatformProcess.start(data)) {
                    assertThat(other.isReady()).isFalse();
                    assertThat(other.answer())
                            .isEqualTo("DIRECTORY_IN_USE " + data.toRealPath() + " is in use by process " + pid
                                    + " (expected: a data directory that no running Heed holds)");
                }
            }
            produce(holder.bootstrapServers(), "still here", false);
        }
    }

    @Test
    void aTakenPortIsRefusedAndTheDirectoryGivenBack() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(Loopback.socket(0));
            int port = taken.getLocalPort();
            assertProblem(
                    () -> EmbeddedBroker.start(data, port), Problem.PORT_TAKEN, "127.0.0.1:" + port + " is taken");
        }
        assertProblem(() -> EmbeddedBroker.start(data, 70_000), Problem.PORT_INVALID, "port 70000 is no port");
        EmbeddedBroker.start(data, 0).close();
    }

    @Test
    void strangeAndUnwritableDirectoriesAreRefused() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("notes.txt"), "mine");
        assertProblem(() -> EmbeddedBroker.start(data, 0), Problem.DIRECTORY_FOREIGN, "holds 'notes.txt'");
        Path file = Files.writeString(temporary.resolve("file"), "not a directory");
        assertProblem(() -> EmbeddedBroker.start(file, 0), Problem.DIRECTORY_UNWRITABLE, "cannot be used");
    }

    @Test
    void damagedMetadataIsRefusedWithoutEndingTheProcess() throws IOException {
        EmbeddedBroker.start(data, 0).close();
        Files.writeString(
                data.resolve("kafka/meta.properties"),
                "version=1\nnode.id=2\ncluster.id="
                        + Files.readString(data.resolve("heed-data.properties")).split("cluster.id=", -1)[1]);
        assertProblem(() -> EmbeddedBroker.start(data, 0), Problem.BROKER_FAILED, "node");
    }

    @Test
    void topicsAreNotCreatedByUse() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThatThrownBy(() ->
                            admin.describeTopics(List.of(TOPIC)).allTopicNames().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private static void assertProblem(ThrowingCallable start, Problem problem, String part) {
        assertThatThrownBy(start).isInstanceOfSatisfying(StartException.class, told -> {
            assertThat(told.problem()).isEqualTo(problem);
            assertThat(told.getMessage()).contains(part, "(expected: ").doesNotContain("\n");
        });
    }

    private static void createTopic(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void produce(String bootstrapServers, String value, boolean inTransaction) throws Exception {
        Map<String, Object> settings = inTransaction
                ? Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "test")
                : Map.of("bootstrap.servers", bootstrapServers);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            if (inTransaction) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
            if (inTransaction) {
                producer.commitTransaction();
            }
        }
    }

    /** The values in the topic, read by a group so that its coordinator has to work too. */
    private static List<String> consume(String bootstrapServers, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "reader-" + count,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (values.size() < count) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
