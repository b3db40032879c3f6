package dev.heed.topology;

import dev.heed.core.Channel;
import dev.heed.text.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How one process runs the loop.
 *
 * @param prefix first part of all topic names and application ids
 * @param bootstrapServers the Kafka cluster
 * @param registryUrl the schema registry, or several with commas between
 * @param serdeClass a {@code Serde} that is configured with {@code schema.registry.url}; ours, or Confluent's
 * @param secretSeed seed of all hashes; the same for the loop's whole life, at least 16 bytes
 * @param stateDir where stores are kept
 * @param instanceId name of this process among its peers, the same after a restart
 * @param partitions the loop's partition count, fixed when its topics are created
 * @param replication replicas of topics that the loop creates
 * @param threads stream threads per application; no more than cores
 * @param commitInterval how often transactions commit; the latency of each hop
 * @param tickInterval how often intake writes time
 * @param clientSettings settings of all Kafka clients, such as security
 * @param keys the key-encryption keys of all text
 * @param textLag how long erased text may stay in a topic until it is due to be compacted away
 * @param ahead how long the stages may have to work off what was taken in; with more, the bulk of the inputs is held back
 */
public record LoopSettings(
        String prefix,
        String bootstrapServers,
        String registryUrl,
        String serdeClass,
        byte[] secretSeed,
        Path stateDir,
        String instanceId,
        int partitions,
        short replication,
        int threads,
        Duration commitInterval,
        Duration tickInterval,
        Map<String, String> clientSettings,
        KeyRing keys,
        Duration textLag,
        Duration ahead) {
    /** Fewest bytes of a secret seed. */
    public static final int MIN_SEED_BYTES = 16;

    public static final String DEFAULT_PREFIX = "heed";
    public static final String DEFAULT_SERDE = "dev.heed.serde.HeedAvroSerde";
    public static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(100);
    public static final Duration DEFAULT_TICK_INTERVAL = Duration.ofSeconds(1);

    /** A withdrawal of consent stands behind this much work at most. */
    public static final Duration DEFAULT_AHEAD = Duration.ofMillis(500);

    /** A day: with its heartbeats and the cleaner's own time, text is gone within three. */
    public static final Duration DEFAULT_TEXT_LAG = Duration.ofDays(1);

    public LoopSettings {
        secretSeed = secretSeed.clone();
        clientSettings = Map.copyOf(clientSettings);
        atLeast("secret_seed bytes", secretSeed.length, MIN_SEED_BYTES);
        atLeast("partitions", partitions, 1);
        atLeast("replication", replication, 1);
        atLeast("threads", threads, 1);
        atLeast("commit_interval ms", commitInterval.toMillis(), 1);
        atLeast("tick_interval ms", tickInterval.toMillis(), 1);
        atLeast("text_lag ms", textLag.toMillis(), 1);
        atLeast("ahead ms", ahead.toMillis(), 1);
    }

    /** Settings of a loop whose texts nobody can read once this process has ended. */
    public LoopSettings(
            String prefix,
            String bootstrapServers,
            String registryUrl,
            String serdeClass,
            byte[] secretSeed,
            Path stateDir,
            String instanceId,
            int partitions,
            short replication,
            int threads,
            Duration commitInterval,
            Duration tickInterval,
            Map<String, String> clientSettings) {
        this(
                prefix,
                bootstrapServers,
                registryUrl,
                serdeClass,
                secretSeed,
                stateDir,
                instanceId,
                partitions,
                replication,
                threads,
                commitInterval,
                tickInterval,
                clientSettings,
                KeyRing.ofThisProcess(),
                DEFAULT_TEXT_LAG,
                DEFAULT_AHEAD);
    }

    /** The same loop with keys and a lag of its texts. */
    public LoopSettings withTexts(KeyRing ring, Duration lag) {
        return new LoopSettings(
                prefix,
                bootstrapServers,
                registryUrl,
                serdeClass,
                secretSeed,
                stateDir,
                instanceId,
                partitions,
                replication,
                threads,
                commitInterval,
                tickInterval,
                clientSettings,
                ring,
                lag,
                ahead);
    }

    private static void atLeast(String name, long found, long least) {
        if (found < least) {
            throw new IllegalArgumentException(name + ": " + found + " (expected: at least " + least + ")");
        }
    }

    @Override
    public byte[] secretSeed() {
        return secretSeed.clone();
    }

    /** What the serde is configured with. */
    public Map<String, Object> serdeSettings() {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put("schema.registry.url", registryUrl);
        return settings;
    }

    /** Name of a stage's or input's topic. */
    public String topic(Channel channel) {
        return TopicCatalog.of(channel).name(prefix);
    }
}
