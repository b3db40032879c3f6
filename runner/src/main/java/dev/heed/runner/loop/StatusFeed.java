package dev.heed.runner.loop;

import dev.heed.console.StatusBoard;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.topology.Flow;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a status board what is committed and how full the loop is, in a thread of its own. */
final class StatusFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Thread thread;
    private volatile boolean closing;

    StatusFeed(Cluster cluster, StatusBoard board, Supplier<Flow> flow) {
        CommittedReader reader = new CommittedReader(
                cluster,
                "heed-status",
                StatusBoard.decoded(),
                StatusBoard.counted(),
                (channel, record, value) -> board.read(channel, value));
        this.thread = new Thread(() -> run(reader, () -> board.read(flow.get())), "heed-status");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(CommittedReader reader, Runnable tellFlow) {
        try (reader) {
            while (!closing) {
                reader.poll(POLL);
                tellFlow.run();
            }
        } catch (RuntimeException failed) {
            LOG.error("the status page stands still", failed);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }
}
