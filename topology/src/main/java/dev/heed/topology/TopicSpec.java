package dev.heed.topology;

import dev.heed.core.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic of the loop. All topics have the loop's one partition count.
 *
 * @param key what its records are keyed by
 * @param value class of its values
 * @param cleanup what happens to old records
 * @param retentionMs how long records are kept under {@link Cleanup#DELETE}, in milliseconds; {@link #FOREVER} for ever
 * @param writers the stages that write it; empty for topics the world writes
 * @param readers who reads it, for a person
 */
public record TopicSpec(
        Channel channel,
        String key,
        Class<? extends SpecificRecord> value,
        Cleanup cleanup,
        long retentionMs,
        Set<String> writers,
        String readers) {
    /** Kept for ever. */
    public static final long FOREVER = -1;
    /** Largest record of any topic, in bytes. Intake refuses what would not fit with its envelope. */
    public static final int MAX_MESSAGE_BYTES = 2_000_000;

    /**
     * How far ahead of the broker's clock a record's time may be. The loop's own records carry the loop's time, which
     * may be another; a broker that refused it would stop the loop.
     */
    static final String ANY_TIME = String.valueOf(Long.MAX_VALUE);

    /** What happens to old records. */
    public enum Cleanup {
        /** They go when they are older than the retention. */
        DELETE("delete"),
        /** They go when a later record has the same key. */
        COMPACT("compact");

        private final String configValue;

        Cleanup(String configValue) {
            this.configValue = configValue;
        }

        /** The value of {@code cleanup.policy}. */
        public String configValue() {
            return configValue;
        }
    }

    /** Whether it holds text, or a key, that an erasure must take out of it. */
    boolean holdsText() {
        return channel == Channel.CONTENTS
                || channel == Channel.CONTENT_KEYS
                || channel == Channel.PSEUDONYM_KEYS
                || writers.contains("materializer") && cleanup == Cleanup.COMPACT;
    }

    /**
     * Settings under which what was deleted is gone soon: a segment is closed and compacted within the lag, and a
     * deletion is kept as long for whoever reads late.
     */
    static Map<String, String> textConfigs(Duration lag) {
        String lagMs = String.valueOf(lag.toMillis());
        return Map.of(
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, lagMs,
                TopicConfig.SEGMENT_MS_CONFIG, lagMs,
                TopicConfig.DELETE_RETENTION_MS_CONFIG, lagMs);
    }

    /** Full name of the topic under a prefix. */
    public String name(String prefix) {
        return prefix + "." + channel.baseName() + ".v1";
    }
}
