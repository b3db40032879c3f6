package dev.heed.topology;

import dev.heed.pseudonym.KnownKeys;
import dev.heed.topology.LoopTopology.StoreKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running loop: its three applications in this process. The first failure of any stops all. */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final String HOT = "hot";
    private static final String SLOW = "slow";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final List<KafkaStreams> applications;
    private final Serde<SpecificRecord> values;
    private final PseudonymFeed feed;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch running;

    private Loop(List<KafkaStreams> applications, Serde<SpecificRecord> values, PseudonymFeed feed) {
        this.applications = applications;
        this.values = values;
        this.feed = feed;
        this.running = new CountDownLatch(applications.size());
    }

    /**
     * Checks and creates the topics, reads the keys of pseudonyms, then starts the applications.
     *
     * @throws TopicsRefused when existing topics are not as the loop needs them, or keys of pseudonyms are lost
     * @throws dev.heed.text.KeyRefused when texts were kept under a key that the settings do not have
     */
    public static Loop start(LoopSettings settings) throws InterruptedException {
        return start(settings, InstantSource.system()::millis);
    }

    /**
     * As {@link #start(LoopSettings)}, by another clock.
     *
     * @param clockMs the only clock of the loop, milliseconds since the epoch
     */
    public static Loop start(LoopSettings settings, LongSupplier clockMs) throws InterruptedException {
        Map<String, Object> clients = new HashMap<>(settings.clientSettings());
        clients.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        try (Admin admin = Admin.create(clients)) {
            new Topics(admin, settings.prefix(), settings.partitions(), settings.replication(), settings.textLag())
                    .ensure();
        }
        Serde<SpecificRecord> values = LoopSerde.of(settings);
        new KeyCheck(settings, values.deserializer()).check();
        KnownKeys known = new KnownKeys(settings.keys());
        PseudonymFeed feed = new PseudonymFeed(settings, values, known);
        try {
            feed.begin();
            Loop loop = new Loop(applications(settings, values, clockMs, known), values, feed);
            feed.follow(loop::fail);
            loop.applications.forEach(loop::begin);
            return loop;
        } catch (RuntimeException failed) {
            feed.close();
            throw failed;
        }
    }

    private static List<KafkaStreams> applications(
            LoopSettings settings, Serde<SpecificRecord> values, LongSupplier clockMs, KnownKeys known) {
        Topology hot = new LoopTopology(settings, values, clockMs, StoreKind.ROCKS_DB, known).hot();
        Topology slow = new LoopTopology(settings, values, clockMs, StoreKind.ROCKS_DB, known).slow();
        Topology audit = new LoopTopology(settings, values, clockMs, StoreKind.ROCKS_DB, known).audit();
        return List.of(
                new KafkaStreams(hot, StreamsSettings.of(settings, HOT)),
                new KafkaStreams(slow, StreamsSettings.of(settings, SLOW)),
                new KafkaStreams(audit, StreamsSettings.of(settings, StreamsSettings.AUDIT)));
    }

    /** The consumer groups whose committed offsets say how far the stages have read their journals. */
    public static List<String> stageGroups(String prefix) {
        return List.of(prefix + "-" + HOT, prefix + "-" + SLOW);
    }

    private void begin(KafkaStreams application) {
        application.setUncaughtExceptionHandler(thrown -> {
            fail(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        application.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        application.start();
    }

    /** Stops all: one part of a loop only piles up work for the others. Not in the failing thread, which is waited for. */
    private void fail(Throwable thrown) {
        if (failure.compareAndSet(null, thrown)) {
            LOG.error("the loop stops because a stage cannot go on", thrown);
            stopped.countDown();
            new Thread(this::close, "heed-stop").start();
        }
    }

    /**
     * Waits until all applications run.
     *
     * @return false when they do not within the time, or failed
     */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (failure.get() == null && System.nanoTime() < deadline) {
            if (running.await(100, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Waits until the loop failed or was closed; the failure, or null. */
    public @Nullable Throwable awaitStop() throws InterruptedException {
        stopped.await();
        return failure.get();
    }

    /** Why the loop stopped by itself, or null while it has not. */
    public @Nullable Throwable failure() {
        return failure.get();
    }

    /** The applications, hot first, for their metrics. */
    public List<KafkaStreams> applications() {
        return applications;
    }

    @Override
    public void close() {
        applications.parallelStream().forEach(application -> application.close(CLOSE_TIMEOUT));
        feed.close();
        values.close();
        stopped.countDown();
    }
}
