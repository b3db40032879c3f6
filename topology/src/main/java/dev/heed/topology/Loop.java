package dev.heed.topology;

import dev.heed.pseudonym.KnownKeys;
import dev.heed.topology.LoopTopology.StoreKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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

/** The running loop: its applications in this process. The first failure of any stops all. */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final String BULK = "bulk";
    private static final String URGENT = "urgent";
    private static final String HOT = "hot";
    private static final String SLOW = "slow";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final List<Application> applications;
    private final Serde<SpecificRecord> values;
    private final PseudonymFeed feed;
    private final FlowControl flow;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch running;

    private Loop(List<Application> applications, FlowControl flow, Serde<SpecificRecord> values, PseudonymFeed feed) {
        this.applications = applications;
        this.flow = flow;
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
            Supplier<LoopTopology> wiring =
                    () -> new LoopTopology(settings, values, clockMs, StoreKind.ROCKS_DB, known);
            Application bulk = application(settings, BULK, wiring.get().bulk());
            List<Application> applications = List.of(
                    application(settings, URGENT, wiring.get().urgent()),
                    application(settings, HOT, wiring.get().hot()),
                    application(settings, SLOW, wiring.get().slow()),
                    application(settings, StreamsSettings.AUDIT, wiring.get().audit()),
                    bulk);
            Loop loop = new Loop(applications, new FlowControl(settings, bulk.streams()), values, feed);
            feed.follow(loop::fail);
            applications.forEach(loop::begin);
            loop.flow.begin(loop::fail);
            return loop;
        } catch (RuntimeException failed) {
            feed.close();
            throw failed;
        }
    }

    private static Application application(LoopSettings settings, String name, Topology topology) {
        return new Application(
                new KafkaStreams(topology, StreamsSettings.of(settings, name)),
                new OpenStores(settings.stateDir(), StreamsSettings.applicationId(settings, name)));
    }

    /** An application, whose stores are its own from when it was made, and what is known of them. */
    private record Application(KafkaStreams streams, OpenStores stores) {
        void start() {
            stores.opening(streams::cleanUp);
            streams.start();
        }

        /** @param failed whether a thread of the loop died, and left its stores as they were */
        void close(boolean failed) {
            if (streams.close(CLOSE_TIMEOUT) && !failed) {
                stores.closed();
            }
        }
    }

    /** The consumer groups whose committed offsets say how far the public inputs and the journals have been read. */
    public static List<String> stageGroups(String prefix) {
        List<String> groups = new ArrayList<>(groupsBehindIntake(prefix));
        groups.add(prefix + "-" + BULK);
        return groups;
    }

    /** Those of them that read what intake and the stages write. */
    static List<String> groupsBehindIntake(String prefix) {
        return List.of(prefix + "-" + URGENT, prefix + "-" + HOT, prefix + "-" + SLOW);
    }

    private void begin(Application application) {
        application.streams().setUncaughtExceptionHandler(thrown -> {
            fail(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        application.streams().setStateListener((now, before) -> {
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

    /** The applications, for their metrics. */
    public List<KafkaStreams> applications() {
        return applications.stream().map(Application::streams).toList();
    }

    /** How full it is, and whether the bulk of its inputs is held back. */
    public Flow flow() {
        return flow.flow();
    }

    @Override
    public void close() {
        flow.close();
        applications.parallelStream().forEach(application -> application.close(failure.get() != null));
        feed.close();
        values.close();
        stopped.countDown();
    }
}
