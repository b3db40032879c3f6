package dev.heed.runner.cluster;

import dev.heed.runner.Failure;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.keys.KeyVariable;
import dev.heed.text.KeySource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a client command finds its cluster: options, then environment, then what a running {@code heed up} wrote. */
public final class ClusterOptions {
    /** File in a data directory that says where its platform listens. */
    public static final String ADDRESSES = "heed.properties";

    public static final String BOOTSTRAP = "bootstrap.servers";
    public static final String REGISTRY = "schema.registry.url";
    public static final String PREFIX = "heed.prefix";

    /** Where {@code heed up} keeps its data unless told otherwise. */
    public static final String DEFAULT_DATA = ".heed";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers (also: HEED_BOOTSTRAP; default: those of a running 'heed up').")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry (also: HEED_REGISTRY; default: that of a running 'heed up').")
    private @Nullable String registry;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Prefix of the topics (also: HEED_PREFIX; default: " + Cluster.DEFAULT_PREFIX + ").")
    private @Nullable String prefix;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the 'heed up' to talk to (also: HEED_DATA; default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:HEED_DATA:-" + DEFAULT_DATA + "}")
    private Path data = Path.of(DEFAULT_DATA);

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Key-encryption keys, to read texts with (also: HEED_KEYS with the keys themselves, or"
                    + " HEED_KEY_FILE; default: those of the data directory).")
    private @Nullable Path keyFile;

    /** The data directory of the {@code heed up} that is talked to. */
    public Path data() {
        return data;
    }

    /** Where the keys are with which texts can be read. They are looked for when they are needed. */
    public KeySource keys() {
        String keys = System.getenv(KeyVariable.NAME);
        if (keyFile == null && keys != null && !keys.isEmpty()) {
            return new KeyVariable(keys);
        }
        String named = System.getenv("HEED_KEY_FILE");
        Path file = named == null || named.isEmpty() ? data.resolve(KeyFile.NAME) : Path.of(named);
        return new KeyFile(keyFile == null ? file : keyFile);
    }

    /**
     * The cluster meant.
     *
     * @throws Failure if nothing says where it is
     */
    public Cluster cluster() {
        Properties written = written();
        return new Cluster(
                required(bootstrap, "HEED_BOOTSTRAP", BOOTSTRAP, "--bootstrap", written),
                required(registry, "HEED_REGISTRY", REGISTRY, "--registry", written),
                first(prefix, "HEED_PREFIX", PREFIX, written, Cluster.DEFAULT_PREFIX));
    }

    private String required(@Nullable String option, String variable, String key, String flag, Properties written) {
        String value = first(option, variable, key, written, "");
        if (value.isEmpty()) {
            throw new Failure("no " + flag + " given, and " + data.resolve(ADDRESSES)
                    + " is not there (expected: a running 'heed up', its --data, or " + flag + ")");
        }
        return value;
    }

    private static String first(
            @Nullable String option, String variable, String key, Properties written, String otherwise) {
        if (option != null) {
            return option;
        }
        String environment = System.getenv(variable);
        return environment != null && !environment.isEmpty() ? environment : written.getProperty(key, otherwise);
    }

    private Properties written() {
        Properties properties = new Properties();
        Path file = data.resolve(ADDRESSES);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException unreadable) {
                throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
            }
        }
        return properties;
    }
}
