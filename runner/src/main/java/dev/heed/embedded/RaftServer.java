package dev.heed.embedded;

import dev.heed.embedded.StartException.Problem;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** Kafka's own server, made to throw instead of ending the process when it cannot start. */
final class RaftServer implements AutoCloseable {
    private final KafkaRaftServer server;

    private RaftServer(KafkaRaftServer server) {
        this.server = server;
    }

    /** @throws StartException if it does not come up */
    static RaftServer start(Map<String, String> settings, Path logs) {
        Properties properties = new Properties();
        properties.putAll(settings);
        Exit.setExitProcedure(RaftServer::refuseToEnd);
        Exit.setHaltProcedure(RaftServer::refuseToEnd);
        try {
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return new RaftServer(server);
        } catch (RuntimeException failed) {
            throw explain(failed, settings, logs);
        } finally {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    private static void refuseToEnd(int status, @Nullable String message) {
        throw new IllegalStateException("the server gave up with status " + status + ": " + message);
    }

    private static StartException explain(RuntimeException failed, Map<String, String> settings, Path logs) {
        boolean bound = Stream.iterate((Throwable) failed, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof BindException);
        return bound
                ? new StartException(
                        Problem.PORT_TAKEN,
                        String.valueOf(settings.get("listeners")),
                        "are taken by another program: " + failed.getMessage(),
                        "free ports",
                        failed)
                : new StartException(
                        Problem.BROKER_FAILED,
                        logs.toString(),
                        "holds no data that this broker can start from: " + failed,
                        "data of this Kafka version or an earlier one, undamaged",
                        failed);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
