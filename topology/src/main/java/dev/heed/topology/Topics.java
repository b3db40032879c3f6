package dev.heed.topology;

import dev.heed.topology.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the catalogue's topics where they are missing and checks those that exist. */
public final class Topics {
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MS = 20;
    private static final long SEGMENT_MS = Duration.ofDays(1).toMillis();

    private final Admin admin;
    private final String prefix;
    private final int partitions;
    private final short replication;
    private final Duration textLag;

    /**
     * @param partitions the loop's one partition count, from 1
     * @param replication replicas of topics that are created, from 1
     * @param textLag how long erased text may wait for compaction
     */
    public Topics(Admin admin, String prefix, int partitions, short replication, Duration textLag) {
        this.admin = admin;
        this.prefix = prefix;
        this.partitions = partitions;
        this.replication = replication;
        this.textLag = textLag;
    }

    /**
     * Creates what is missing, after checking what is there.
     *
     * @throws TopicsRefused when an existing topic has other partitions or settings than the loop needs
     */
    public void ensure() throws InterruptedException {
        Set<String> existing = existing();
        check(existing);
        create(existing);
        awaitAll();
    }

    /** A broker hears of new topics a little after the controller made them; an application that starts before stops. */
    private void awaitAll() throws InterruptedException {
        long give = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (existing().size() < TopicCatalog.all().size()) {
            if (System.nanoTime() > give) {
                throw new IllegalStateException("topics were created and are not to be seen after " + VISIBLE_WITHIN);
            }
            Thread.sleep(POLL_MS);
        }
    }

    private Set<String> existing() throws InterruptedException {
        try {
            Set<String> existing = new HashSet<>(admin.listTopics().names().get());
            Set<String> wanted = new HashSet<>();
            TopicCatalog.all().forEach(spec -> wanted.add(spec.name(prefix)));
            existing.retainAll(wanted);
            return existing;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot list topics: " + e.getCause(), e);
        }
    }

    private void create(Set<String> existing) throws InterruptedException {
        List<NewTopic> missing = TopicCatalog.all().stream()
                .filter(spec -> !existing.contains(spec.name(prefix)))
                .map(spec -> new NewTopic(spec.name(prefix), partitions, replication).configs(configs(spec)))
                .toList();
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create topics: " + e.getCause(), e);
            }
            check(existing());
        }
    }

    private void check(Set<String> existing) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        try {
            Map<String, TopicDescription> descriptions =
                    new TreeMap<>(admin.describeTopics(existing).allTopicNames().get());
            descriptions.forEach((name, description) -> {
                int found = description.partitions().size();
                if (found != partitions) {
                    problems.add(name + ": " + found + " partitions (expected: " + partitions
                            + "; the count is fixed at creation, another one needs another prefix)");
                }
            });
            checkConfigs(existing, problems);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot describe topics: " + e.getCause(), e);
        }
        if (!problems.isEmpty()) {
            throw new TopicsRefused(problems);
        }
    }

    private void checkConfigs(Set<String> existing, List<String> problems)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = existing.stream()
                .sorted()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> found =
                admin.describeConfigs(resources).all().get();
        for (TopicSpec spec : TopicCatalog.all()) {
            Config config = found.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name(prefix)));
            if (config == null) {
                continue;
            }
            configs(spec).forEach((key, expected) -> {
                String value =
                        config.get(key) == null ? "none" : config.get(key).value();
                if (!expected.equals(value)) {
                    problems.add(spec.name(prefix) + ": " + key + "=" + value + " (expected: " + expected + ")");
                }
            });
        }
    }

    private Map<String, String> configs(TopicSpec spec) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, spec.cleanup().configValue());
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(TopicSpec.MAX_MESSAGE_BYTES));
        if (!spec.writers().isEmpty()) {
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, TopicSpec.ANY_TIME);
        }
        if (spec.cleanup() == Cleanup.DELETE) {
            configs.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(spec.retentionMs()));
            configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        }
        if (spec.retentionMs() > 0) {
            // What is in one segment goes together, so a long one would keep its first records for twice the retention.
            configs.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(Math.min(spec.retentionMs(), SEGMENT_MS)));
        }
        if (spec.holdsText()) {
            configs.putAll(TopicSpec.textConfigs(textLag));
        }
        return configs;
    }
}
