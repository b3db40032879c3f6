package dev.heed.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.TopicCatalog;
import dev.heed.topology.Topics;
import dev.heed.topology.TopicsRefused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Topics on a real broker: made, found again, and refused with every difference. */
class TopicsIT {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void topicsAreMadeOnceAndRefusedWhenTheyAreNotAsTheLoopNeedsThem() throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.temporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            String early = TopicCatalog.of(Channel.TASKS).name("it");
            admin.createTopics(List.of(new NewTopic(early, 5, (short) 1))).all().get();
            await(() -> admin.listTopics().names().get().contains(early));
            assertThatThrownBy(() -> topics(admin, PARTITIONS).ensure())
                    .isInstanceOf(TopicsRefused.class)
                    .hasMessageContaining("it.tasks.v1: 5 partitions (expected: 2")
                    .hasMessageContaining("it.tasks.v1: max.message.bytes=1048588 (expected: 2000000)");
            assertThat(admin.listTopics().names().get())
                    .as("nothing is made beside what is refused")
                    .doesNotContain("it.items.journal.v1");
            admin.deleteTopics(List.of(early)).all().get();
            await(() -> !admin.listTopics().names().get().contains(early));

            topics(admin, PARTITIONS).ensure();
            topics(admin, PARTITIONS).ensure();
            List<String> all =
                    TopicCatalog.all().stream().map(spec -> spec.name("it")).toList();
            await(() -> admin.listTopics().names().get().containsAll(all));

            set(admin, "it.items.facts.v1", "retention.ms", "1000");
            set(admin, "it.contents.v1", "cleanup.policy", "delete");
            assertThatThrownBy(() -> topics(admin, 3).ensure())
                    .isInstanceOf(TopicsRefused.class)
                    .hasMessageContaining("it.items.facts.v1: retention.ms=1000 (expected: -1)")
                    .hasMessageContaining("it.contents.v1: cleanup.policy=delete (expected: compact)")
                    .hasMessageContaining("it.signals.v1: 2 partitions (expected: 3");
        }
    }

    private static Topics topics(Admin admin, int partitions) {
        return new Topics(admin, "it", partitions, (short) 1, LoopSettings.DEFAULT_TEXT_LAG);
    }

    private static void set(Admin admin, String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
        await(() -> Objects.requireNonNull(
                        admin.describeConfigs(List.of(resource)).all().get().get(resource))
                .get(key)
                .value()
                .equals(value));
    }

    /** The controller has a change at once; the broker that is asked hears of it a little later. */
    private static void await(Callable<Boolean> seen) throws Exception {
        long give = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.call()) {
            assertThat(System.nanoTime() < give).isTrue();
        }
    }
}
