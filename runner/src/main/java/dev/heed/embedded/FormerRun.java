package dev.heed.embedded;

import dev.heed.embedded.StartException.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Takes the broker of a former run out of the cluster's metadata, by the controller alone, before it starts again.
 *
 * <p>Otherwise the broker starts as leader of everything, begins to finish the transactions that were being committed,
 * and loses leadership for a moment when it registers anew. Kafka 4.3.1 then takes partitions without a leader for
 * deleted ones, skips their commit markers and reports the transaction as complete, and no committed read of those
 * partitions gets any further (KAFKA-20734). It is also quicker: nobody waits for the former session to run out.
 */
final class FormerRun {
    private static final long TIMEOUT_MS = 30_000;
    private static final long RETRY_MS = 20;

    private FormerRun() {}

    /** @throws StartException if the metadata cannot be read or changed */
    static void unregister(Path logs, int controllerPort) {
        RaftServer controller = RaftServer.start(BrokerSettings.controllerOnly(logs, controllerPort), logs);
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
            while (!unregister(logs, controllerPort, System.nanoTime() > deadline)) {
                Thread.sleep(RETRY_MS);
            }
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        } finally {
            controller.close();
        }
    }

    /** Asks the controller; says whether it could answer, which it cannot before it has read its own metadata. */
    private static boolean unregister(Path logs, int controllerPort, boolean lastTime) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.controllers", Loopback.address(controllerPort)))) {
            admin.unregisterBroker(BrokerSettings.NODE_ID).all().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            if (lastTime || !(failed.getCause() instanceof UnsupportedVersionException)) {
                throw failed(logs, failed);
            }
            return false;
        } catch (TimeoutException late) {
            throw failed(logs, late);
        }
    }

    private static StartException failed(Path logs, Throwable cause) {
        return new StartException(
                Problem.BROKER_FAILED,
                logs.toString(),
                "holds metadata that cannot be changed: " + cause,
                "metadata of this Kafka version or an earlier one, undamaged",
                cause);
    }
}
