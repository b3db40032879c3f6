package dev.heed.runner.replay;

import dev.heed.audit.PartitionAudit;
import dev.heed.core.Stage;
import dev.heed.runner.cluster.ClusterLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Decides all partitions of some stages again, several at once: no two of them have anything to do with each other. */
public final class Replay {
    /** For those that are still reading when another has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Replay() {}

    /**
     * Reads all partitions of these stages.
     *
     * @throws dev.heed.runner.Failure if the logs cannot be read, or a state outgrows what it may hold
     */
    public static AuditReport run(ClusterLogs logs, List<Stage> stages, ReplayOptions options)
            throws InterruptedException {
        int threads = options.threads();
        long started = System.nanoTime();
        BlockingQueue<ClusterLogs> idle = new LinkedBlockingQueue<>();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            for (int thread = 0; thread < threads; thread++) {
                idle.add(logs.forAnotherThread());
            }
            List<Future<PartitionAudit.Result>> results = new ArrayList<>();
            for (Stage stage : stages) {
                for (int partition = 0; partition < logs.partitions(); partition++) {
                    int number = partition;
                    results.add(workers.submit(() -> run(idle, stage, number, options)));
                }
            }
            List<PartitionAudit.Result> inOrder = new ArrayList<>();
            for (Future<PartitionAudit.Result> result : results) {
                inOrder.add(result.get());
            }
            return new AuditReport(inOrder, (System.nanoTime() - started) / 1e9);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            idle.forEach(ClusterLogs::close);
        }
    }

    private static PartitionAudit.Result run(
            BlockingQueue<ClusterLogs> idle, Stage stage, int partition, ReplayOptions options)
            throws InterruptedException {
        ClusterLogs logs = idle.take();
        try {
            return new PartitionAudit(logs, stage, partition).run(options.empty(stage, partition));
        } finally {
            logs.closeLogs();
            idle.add(logs);
        }
    }
}
