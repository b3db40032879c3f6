package dev.heed.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSerde;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From producers to every output, with poison on every input and two restarts in the middle. */
class LoopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ITEMS = 60;

    /** What this story does not make: nothing writes these yet, or only an operator's wish does. */
    private static final Set<Channel> QUIET =
            EnumSet.of(Channel.ERASURES, Channel.DRIFT, Channel.DATASET_CRITIQUE, Channel.AUDIT, Channel.INTAKE_FACTS);

    @Test
    void everyOutputIsReachedAndEveryPromiseKeptThroughRestarts(@TempDir Path state) throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.temporary()) {
            LoopSettings settings = settings(platform, state);
            try (Serde<SpecificRecord> values = LoopSerde.of(settings);
                    KafkaProducer<String, byte[]> producer = producer(platform)) {
                Story story = new Story(System.currentTimeMillis());
                Teller teller = new Teller(producer, settings, values);
                Loop first = running(settings);
                teller.tell(List.of(new Story.Told(Channel.POLICIES, "policy", story.policy())));
                await(settings, values, Set.of(Channel.ITEMS_FACTS, Channel.QUEUES_FACTS, Channel.GATES_FACTS));
                teller.tell(story.beginning());
                teller.poisonEveryInput();
                teller.tell(items(story, 0, ITEMS / 3));
                first.close();

                teller.tell(items(story, ITEMS / 3, 2 * ITEMS / 3));
                Loop second = running(settings);
                teller.tell(items(story, 2 * ITEMS / 3, ITEMS));
                teller.tell(List.of(story.seal("guardrail")));
                second.close();

                Loop third = running(settings);
                CommittedLogs logs = await(settings, values, outputs());
                third.close();

                logs = CommittedLogs.read(settings, values.deserializer());
                NothingLost.Account account = new NothingLost().account(logs);
                assertThat(account.breaches()).isEmpty();
                assertThat(account.deadLetters()).isEqualTo(NothingLost.INPUTS.size());
                new ReplayIsIdentical(LoopTopology.stages(settings.secretSeed())).check(logs);
                new SpendIsBounded().check(logs);
                new CountsAreSums().check(logs);
                new RowsFollowConsentAndJudgment().check(logs);
                new DatasetsKeepTheirRules().check(logs);
            }
        }
    }

    private static List<Story.Told> items(Story story, int from, int to) {
        List<Story.Told> told = new ArrayList<>();
        for (int item = from; item < to; item++) {
            told.addAll(story.item(item));
        }
        return told;
    }

    private static Set<Channel> outputs() {
        Set<Channel> outputs = EnumSet.allOf(Channel.class);
        outputs.removeAll(QUIET);
        return outputs;
    }

    private static Loop running(LoopSettings settings) throws InterruptedException {
        Loop loop = Loop.start(settings);
        assertThat(loop.awaitRunning(PATIENCE))
                .as("the loop runs; it failed with %s", loop.failure())
                .isTrue();
        return loop;
    }

    /** Waits until all these topics hold something and every input has come to an end. */
    private static CommittedLogs await(LoopSettings settings, Serde<SpecificRecord> values, Set<Channel> reached)
            throws Exception {
        long give = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            CommittedLogs logs = CommittedLogs.read(settings, values.deserializer());
            List<String> empty = reached.stream()
                    .filter(channel -> logs.records(channel).isEmpty())
                    .map(Channel::baseName)
                    .toList();
            long lost = new NothingLost().account(logs).lost();
            if (empty.isEmpty() && lost == 0) {
                return logs;
            }
            assertThat(System.nanoTime() < give)
                    .as("nothing on %s, %s inputs without an end", empty, lost)
                    .isTrue();
        }
    }

    /** Publishes as producers do. */
    private record Teller(KafkaProducer<String, byte[]> producer, LoopSettings settings, Serde<SpecificRecord> values) {
        void tell(List<Story.Told> story) {
            for (Story.Told told : story) {
                String topic = settings.topic(told.channel());
                byte[] value = values.serializer().serialize(topic, told.event());
                producer.send(new ProducerRecord<>(topic, told.key(), value));
            }
            producer.flush();
        }

        void poisonEveryInput() {
            for (Channel input : NothingLost.INPUTS) {
                byte[] poison = "{\"not\": \"avro\"}".getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(settings.topic(input), "poison", poison));
            }
            producer.flush();
        }
    }

    private static KafkaProducer<String, byte[]> producer(EmbeddedPlatform platform) {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers());
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static LoopSettings settings(EmbeddedPlatform platform, Path state) {
        return new LoopSettings(
                "it",
                platform.bootstrapServers(),
                platform.registryUrl(),
                LoopSettings.DEFAULT_SERDE,
                "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8),
                state,
                "it",
                2,
                (short) 1,
                1,
                LoopSettings.DEFAULT_COMMIT_INTERVAL,
                LoopSettings.DEFAULT_TICK_INTERVAL,
                Map.of());
    }
}
