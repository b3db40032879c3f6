package dev.heed.bench;

import dev.heed.bench.live.Settling;
import dev.heed.core.Stage;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterLogs;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.loop.EmbeddedLoop;
import dev.heed.runner.loop.Secret;
import dev.heed.runner.replay.AuditReport;
import dev.heed.runner.replay.Replay;
import dev.heed.runner.replay.ReplayOptions;
import dev.heed.topology.LoopTopology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much sooner journals are decided again than they were decided. */
@Command(
        name = "replay",
        description = {
            "Lets the loop work off events as fast as it can until its journals hold as many as told, stops it, decides the"
                    + " journals again and compares every fact.",
            "Prints journal events/s of both and their ratio. Exit code 1 when a byte differs."
        })
final class ReplaySpeed implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Journal events for each interaction that warms up. */
    private static final int EVENTS_PER_WARM_UP = 40;

    private static final int MOST_WARM_UP = 2_000;
    private static final int AT_ONCE = 500;
    /** Ahead of the broker by no more than this, so that what waits to be sent fits into memory. */
    private static final int FLUSH_EVERY = 5_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Journal events, 1000 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ReplayOptions options = new ReplayOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What a run came to.
     *
     * @param liveSeconds from the first event sent to the last outcome
     */
    record Result(long liveRecords, double liveSeconds, AuditReport replay) {
        double livePerSecond() {
            return liveRecords / liveSeconds;
        }

        double replayPerSecond() {
            return replay.journalRecords() / replay.seconds();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (events < 1_000 || events > 10_000_000) {
            throw new ParameterException(spec.commandLine(), "--events: " + events + " (expected: 1000 to 10000000)");
        }
        Result result = run(events);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                json
                        ? "{\"journal_events\":%d,\"live_events_per_s\":%.0f,\"replay_events_per_s\":%.0f,\"ratio\":%.2f,"
                                + "\"identical\":%b}%n"
                        : "%d journal events: live %.0f/s, replay %.0f/s, ratio %.2f, identical: %b%n",
                result.replay().journalRecords(),
                result.livePerSecond(),
                result.replayPerSecond(),
                result.replayPerSecond() / result.livePerSecond(),
                result.replay().holds());
        result.replay().problems().forEach(out::println);
        return result.replay().holds() ? 0 : 1;
    }

    private Result run(int wanted) throws InterruptedException {
        try (TemporaryDirectory data = TemporaryDirectory.create()) {
            byte[] secret = Secret.in(data.path());
            List<Stage> stages = LoopTopology.stages(secret);
            EmbeddedPlatform platform = EmbeddedPlatform.start(data.path().resolve("platform"), 0, 0);
            try (EmbeddedLoop loop =
                    EmbeddedLoop.start(platform, data.path().resolve("streams"), secret, KeyFile.in(data.path()))) {
                Cluster cluster = loop.cluster();
                PolicyInForce.publish(cluster, Workload.policy(), PATIENCE);
                int warmUp = Math.min(wanted / EVENTS_PER_WARM_UP, MOST_WARM_UP);
                work(loop, stages, warmUp, 0);
                long before = records(cluster, stages);
                long interactions = (wanted - before) * warmUp / before;
                double liveSeconds = work(loop, stages, (int) Math.max(warmUp, interactions), 1);
                loop.stop();
                try (ClusterLogs logs = new ClusterLogs(cluster)) {
                    AuditReport replay = Replay.run(logs, stages, options);
                    return new Result(replay.journalRecords() - before, liveSeconds, replay);
                }
            }
        }
    }

    /** Publishes as fast as the broker takes it and waits for the last outcome; the seconds in between. */
    private static double work(EmbeddedLoop loop, List<Stage> stages, int interactions, int round)
            throws InterruptedException {
        Cluster cluster = loop.cluster();
        Serializer<SpecificRecord> values = cluster.serde().serializer();
        long start = System.nanoTime();
        try (Producer<String, byte[]> producer = cluster.producer("heed-bench")) {
            for (int done = 0; done < interactions; done += AT_ONCE) {
                int now = Math.min(AT_ONCE, interactions - done);
                for (Workload.Event event : Workload.events(now, (long) round << 32 | done)) {
                    producer.send(event.in(cluster.topic(event.channel()), values));
                }
                if (done % FLUSH_EVERY == 0) {
                    producer.flush();
                }
            }
        }
        long give = System.nanoTime()
                + PATIENCE.toNanos() * 10
                + Duration.ofMillis(20L * interactions).toNanos();
        try (Settling settling =
                new Settling(cluster, stages.stream().map(Stage::journal).toList())) {
            while (!settling.isSettled()) {
                loop.check();
                if (System.nanoTime() > give) {
                    throw new Failure("the loop has not worked off " + interactions + " interactions in time; unread: "
                            + settling.unread());
                }
            }
            return (settling.lastOutcomeNanos() - start) / 1e9;
        }
    }

    private static long records(Cluster cluster, List<Stage> stages) throws InterruptedException {
        long records = 0;
        try (ClusterLogs logs = new ClusterLogs(cluster)) {
            for (Stage stage : stages) {
                for (int partition = 0; partition < logs.partitions(); partition++) {
                    for (var log = logs.records(stage.journal(), partition); log.hasNext(); log.next()) {
                        records++;
                    }
                    logs.closeLogs();
                }
            }
        }
        return records;
    }
}
