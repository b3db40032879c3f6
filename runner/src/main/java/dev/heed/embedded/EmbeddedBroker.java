package dev.heed.embedded;

import dev.heed.embedded.StartException.Problem;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this process: one node, loopback only, its data in a directory that survives a restart and a kill.
 * Topics are not created by use.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final DataDirectory directory;
    private final RaftServer server;
    private final int port;

    private EmbeddedBroker(DataDirectory directory, RaftServer server, int port) {
        this.directory = directory;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param data directory for its data; created if it is not there
     * @param port port to listen on, 0 for any free one
     * @throws StartException if the directory or the port cannot be used
     */
    public static EmbeddedBroker start(Path data, int port) {
        DataDirectory directory = DataDirectory.claim(data);
        Path logs = directory.kafka();
        try {
            int free = Loopback.free(port, "broker");
            int controllerPort = Loopback.free(Loopback.ANY_PORT, "controller");
            if (directory.isFormatted()) {
                FormerRun.unregister(logs, controllerPort);
            } else {
                format(logs, directory.clusterId());
            }
            RaftServer server = RaftServer.start(BrokerSettings.combined(logs, free, controllerPort), logs);
            return new EmbeddedBroker(directory, server, free);
        } catch (RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    private static void format(Path logs, String clusterId) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(clusterId)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(logs.toString())
                    .addDirectory(logs.toString())
                    .run();
        } catch (Exception failed) {
            throw new StartException(
                    Problem.DIRECTORY_UNWRITABLE,
                    logs.toString(),
                    "cannot be formatted: " + failed,
                    "a directory that this user may create and write",
                    failed);
        }
    }

    /** Host and port, as clients expect in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return Loopback.address(port);
    }

    /** Stops the broker in order: its logs need no recovery at the next start. */
    @Override
    public void close() {
        try (directory) {
            server.close();
        }
    }
}
