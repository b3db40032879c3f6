package dev.heed.runner.loop;

import dev.heed.runner.Failure;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.keys.KeyVariable;
import dev.heed.text.KeyRing;
import dev.heed.topology.LoopSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings of a loop from flags, environment and a file, in that order of precedence. */
final class LoopConfig {
    static final String KEYS_FOR_HELP = "bootstrap.servers, schema.registry.url, heed.prefix, heed.serde.class,"
            + " heed.secret.file, heed.key.file, heed.text.lag.ms, heed.state.dir, heed.instance.id, heed.partitions, heed.replication, heed.threads,"
            + " heed.commit.interval.ms, heed.tick.interval.ms, heed.ahead.ms; and kafka.* for settings of all Kafka clients.";

    private static final String CLIENTS = "kafka.";
    private static final Map<String, String> DEFAULTS = defaults();

    private final Map<String, String> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private LoopConfig() {}

    /**
     * The settings.
     *
     * @throws Failure naming every problem
     */
    static LoopSettings load(Path file, Map<String, String> flags, Map<String, String> environment) {
        LoopConfig config = new LoopConfig();
        config.values.putAll(DEFAULTS);
        config.putAll(fromFile(file), file.toString());
        DEFAULTS.keySet().forEach(key -> {
            String value = environment.get(variable(key));
            if (value != null && !value.isEmpty()) {
                config.values.put(key, value);
            }
        });
        config.putAll(flags, "--set");
        return config.settings(environment);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        defaults.put("bootstrap.servers", "");
        defaults.put("schema.registry.url", "");
        defaults.put("heed.prefix", LoopSettings.DEFAULT_PREFIX);
        defaults.put("heed.serde.class", LoopSettings.DEFAULT_SERDE);
        defaults.put("heed.secret.file", "");
        defaults.put("heed.key.file", "");
        defaults.put("heed.text.lag.ms", String.valueOf(LoopSettings.DEFAULT_TEXT_LAG.toMillis()));
        defaults.put("heed.state.dir", "heed-state");
        defaults.put("heed.instance.id", "heed-1");
        defaults.put("heed.partitions", "12");
        defaults.put("heed.replication", "3");
        defaults.put("heed.threads", "2");
        defaults.put("heed.commit.interval.ms", String.valueOf(LoopSettings.DEFAULT_COMMIT_INTERVAL.toMillis()));
        defaults.put("heed.tick.interval.ms", String.valueOf(LoopSettings.DEFAULT_TICK_INTERVAL.toMillis()));
        defaults.put("heed.ahead.ms", String.valueOf(LoopSettings.DEFAULT_AHEAD.toMillis()));
        return defaults;
    }

    /** {@code heed.state.dir} is {@code HEED_STATE_DIR}, {@code bootstrap.servers} is {@code HEED_BOOTSTRAP_SERVERS}. */
    static String variable(String key) {
        String name = key.startsWith("heed.") ? key.substring("heed.".length()) : key;
        return "HEED_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> fromFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new Failure(file + ": cannot be read (expected: settings as Java properties)", unreadable);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    private void putAll(Map<String, String> given, String where) {
        given.forEach((key, value) -> {
            if (!DEFAULTS.containsKey(key) && !key.startsWith(CLIENTS)) {
                problems.add(where + ": " + key + " (expected: one of " + KEYS_FOR_HELP + ")");
            }
            values.put(key, value);
        });
    }

    private LoopSettings settings(Map<String, String> environment) {
        Map<String, String> clients = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(CLIENTS)) {
                clients.put(key.substring(CLIENTS.length()), value);
            }
        });
        String secret = required("heed.secret.file");
        String keys = environment.getOrDefault(KeyVariable.NAME, "");
        String keyFile = keys.isEmpty() ? required("heed.key.file") : "";
        String bootstrap = required("bootstrap.servers");
        String registry = required("schema.registry.url");
        int partitions = number("heed.partitions", 1, 10_000);
        int replication = number("heed.replication", 1, 16);
        int threads = number("heed.threads", 1, 256);
        int commitMs = number("heed.commit.interval.ms", 1, 60_000);
        int tickMs = number("heed.tick.interval.ms", 10, 60_000);
        int aheadMs = number("heed.ahead.ms", 1, 3_600_000);
        int lagMs = number("heed.text.lag.ms", 1_000, Integer.MAX_VALUE);
        if (!problems.isEmpty()) {
            throw new Failure(String.join("; ", problems));
        }
        return new LoopSettings(
                text("heed.prefix"),
                bootstrap,
                registry,
                text("heed.serde.class"),
                Secret.read(Path.of(secret)),
                Path.of(text("heed.state.dir")),
                text("heed.instance.id"),
                partitions,
                (short) replication,
                threads,
                Duration.ofMillis(commitMs),
                Duration.ofMillis(tickMs),
                clients,
                KeyRing.of(keys.isEmpty() ? new KeyFile(Path.of(keyFile)) : new KeyVariable(keys)),
                Duration.ofMillis(lagMs),
                Duration.ofMillis(aheadMs));
    }

    private String text(String key) {
        return values.getOrDefault(key, "");
    }

    private String required(String key) {
        String value = text(key);
        if (value.isBlank()) {
            problems.add(key + ": missing (expected: in the file, as " + variable(key) + ", or by --set)");
        }
        return value;
    }

    private int number(String key, int least, int most) {
        try {
            int number = Integer.parseInt(text(key).strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        problems.add(key + ": " + text(key) + " (expected: a whole number from " + least + " to " + most + ")");
        return least;
    }
}
