package dev.heed.runner.loop;

import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.text.KeyRing;
import dev.heed.text.KeySource;
import dev.heed.topology.Flow;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The platform and the loop in this process. */
public final class EmbeddedLoop implements AutoCloseable {
    /** Partitions of every topic: enough to be a real loop, few enough for one machine. */
    public static final int PARTITIONS = 3;

    private static final int THREADS = 1;
    private static final Duration UNTIL_RUNNING = Duration.ofSeconds(60);

    private final EmbeddedPlatform platform;
    private final Loop loop;
    private final Cluster cluster;

    private EmbeddedLoop(EmbeddedPlatform platform, Loop loop, Cluster cluster) {
        this.platform = platform;
        this.loop = loop;
        this.cluster = cluster;
    }

    /**
     * Starts the loop on a platform and returns when it runs. Closing it closes the platform.
     *
     * @param stateDir where stores are kept
     * @param keys where the keys of its texts come from
     * @throws Failure if it does not come to run
     */
    public static EmbeddedLoop start(EmbeddedPlatform platform, Path stateDir, byte[] secretSeed, KeySource keys)
            throws InterruptedException {
        Cluster cluster = new Cluster(platform.bootstrapServers(), platform.registryUrl(), LoopSettings.DEFAULT_PREFIX);
        try {
            Loop loop = Loop.start(
                    settings(cluster, stateDir, secretSeed).withTexts(KeyRing.of(keys), LoopSettings.DEFAULT_TEXT_LAG));
            EmbeddedLoop started = new EmbeddedLoop(platform, loop, cluster);
            if (!loop.awaitRunning(UNTIL_RUNNING)) {
                Throwable failure = loop.failure();
                loop.close();
                throw new Failure(
                        failure == null
                                ? "the loop does not run after " + UNTIL_RUNNING.toSeconds() + " s"
                                : "the loop cannot run: " + failure.getMessage(),
                        failure == null ? new IllegalStateException("not running") : failure);
            }
            return started;
        } catch (RuntimeException | InterruptedException failed) {
            platform.close();
            throw failed;
        }
    }

    private static LoopSettings settings(Cluster cluster, Path stateDir, byte[] secretSeed) {
        return new LoopSettings(
                cluster.prefix(),
                cluster.bootstrap(),
                cluster.registry(),
                LoopSettings.DEFAULT_SERDE,
                secretSeed,
                stateDir,
                "embedded",
                PARTITIONS,
                (short) 1,
                THREADS,
                LoopSettings.DEFAULT_COMMIT_INTERVAL,
                LoopSettings.DEFAULT_TICK_INTERVAL,
                Map.of());
    }

    /** How clients reach it. */
    public Cluster cluster() {
        return cluster;
    }

    /**
     * Does nothing while the loop runs.
     *
     * @throws Failure once it has stopped by itself
     */
    public void check() {
        Throwable failure = loop.failure();
        if (failure != null) {
            throw new Failure("the loop stopped: " + failure.getMessage(), failure);
        }
    }

    /** How full the loop is. */
    public Flow flow() {
        return loop.flow();
    }

    /** Waits until the loop was closed, or fails when it stopped by itself. */
    public void awaitStop() throws InterruptedException {
        loop.awaitStop();
        check();
    }

    /** Tells the loop to stop; the platform goes on until this is closed. */
    public void stop() {
        loop.close();
    }

    @Override
    public void close() {
        try (platform) {
            loop.close();
        }
    }
}
