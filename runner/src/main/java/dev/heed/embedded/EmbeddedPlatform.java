package dev.heed.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A broker and a schema registry in this process, all that the loop needs around it. */
public final class EmbeddedPlatform implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final List<Path> disposable;

    private EmbeddedPlatform(EmbeddedBroker broker, EmbeddedRegistry registry, List<Path> disposable) {
        this.broker = broker;
        this.registry = registry;
        this.disposable = disposable;
    }

    /**
     * Starts both and returns when they take requests.
     *
     * @param data directory for their data; created if it is not there
     * @param brokerPort port of the broker, 0 for any free one
     * @param registryPort port of the registry, 0 for any free one
     * @throws StartException if the directory or a port cannot be used
     */
    public static EmbeddedPlatform start(Path data, int brokerPort, int registryPort) {
        return start(data, brokerPort, registryPort, List.of());
    }

    /** Starts both on free ports, with a directory that is deleted when they are closed. */
    public static EmbeddedPlatform temporary() {
        Path data;
        try {
            data = Files.createTempDirectory("heed-");
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot create a temporary directory", failed);
        }
        try {
            return start(data, Loopback.ANY_PORT, Loopback.ANY_PORT, List.of(data));
        } catch (RuntimeException failed) {
            delete(data);
            throw failed;
        }
    }

    private static EmbeddedPlatform start(Path data, int brokerPort, int registryPort, List<Path> disposable) {
        EmbeddedBroker broker = EmbeddedBroker.start(data, brokerPort);
        try {
            EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), registryPort);
            return new EmbeddedPlatform(broker, registry, disposable);
        } catch (RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    /** Host and port of the broker, as clients expect in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The registry's base URL, as clients expect in {@code schema.registry.url}. */
    public String registryUrl() {
        return registry.url();
    }

    @Override
    public void close() {
        try (broker) {
            registry.close();
        }
        disposable.forEach(EmbeddedPlatform::delete);
    }

    private static void delete(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + directory, failed);
        }
    }
}
