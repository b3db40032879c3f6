package dev.heed.bench.faults;

import dev.heed.bench.live.Settling;
import dev.heed.core.Stage;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.loop.Secret;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import dev.heed.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** One broker that lives, and a loop that is killed again and again while producers go on. */
final class FaultRun {
    private static final String PREFIX = "faults";
    private static final int PARTITIONS = 2;
    private static final int TICK_MS = 500;
    private static final Duration UNTIL_WORKING = Duration.ofMinutes(3);
    private static final Duration UNTIL_SETTLED = Duration.ofMinutes(30);
    private static final int TOLD_EVERY = 10;

    private final Path data;
    private final long seed;
    private final int perSecond;
    private final Consumer<String> say;
    private final Kills kills = new Kills();
    private int started;

    /** How the kills went. */
    static final class Kills {
        int all;
        int beforeWorking;
        /** From each start of the process to its first commit, milliseconds. */
        final List<Long> startsMs = new ArrayList<>();
    }

    /**
     * @param data a directory that is there; what it holds afterwards is for whoever looks for the cause of a fault
     * @param perSecond events published a second, whether the loop lives or not
     * @param say takes a line on how it goes
     */
    FaultRun(Path data, long seed, int perSecond, Consumer<String> say) {
        this.data = data;
        this.seed = seed;
        this.perSecond = perSecond;
        this.say = say;
    }

    /**
     * Runs it and judges what is on record.
     *
     * @param wanted how many kills; 0 to work off and judge what an earlier run left in the directory
     * @throws Failure if the loop ends by itself or does not come to work
     */
    FaultReport run(int wanted) throws InterruptedException {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0)) {
            Cluster cluster = new Cluster(platform.bootstrapServers(), platform.registryUrl(), PREFIX);
            try (Admin admin = cluster.admin()) {
                new Topics(admin, PREFIX, PARTITIONS, (short) 1, LoopSettings.DEFAULT_TEXT_LAG).ensure();
            }
            Path config = config(cluster);
            try (LoopProcess loop = start(config)) {
                PolicyInForce.publish(cluster, FaultPolicy.policy(System.currentTimeMillis()), UNTIL_WORKING);
                loop.stop();
            }
            if (wanted > 0) {
                kill(wanted, cluster, config);
            }
            settle(cluster, config);
            say.accept("the loop has stopped; reading what is on record ...");
            return Verdict.of(cluster, stages(), kills);
        }
    }

    private void kill(int wanted, Cluster cluster, Path config) throws InterruptedException {
        try (FaultLoad load = new FaultLoad(cluster, seed, perSecond);
                LoopTime time = new LoopTime(cluster)) {
            load.begin();
            while (kills.all < wanted) {
                kill(config, load, time);
                if (kills.all % TOLD_EVERY == 0) {
                    say.accept(kills.all + " of " + wanted + " kills, " + load.published() + " events");
                }
            }
            load.flush();
        }
    }

    private void kill(Path config, FaultLoad load, LoopTime time) throws InterruptedException {
        KillTimes.Kill kill = KillTimes.of(seed, kills.all);
        long startMs = System.currentTimeMillis();
        long giveMs = startMs + UNTIL_WORKING.toMillis();
        long workingMs = 0;
        try (LoopProcess loop = start(config)) {
            for (long nowMs = startMs;
                    nowMs < due(kill, startMs, workingMs, giveMs);
                    nowMs = System.currentTimeMillis()) {
                load.publishDue();
                loop.check();
                if (workingMs == 0 && time.isPast(startMs)) {
                    workingMs = System.currentTimeMillis();
                    kills.startsMs.add(workingMs - startMs);
                } else {
                    Thread.sleep(2);
                }
            }
            if (kill.working() && workingMs == 0) {
                throw new Failure("the loop does not work " + UNTIL_WORKING.toSeconds() + " s after its start (see "
                        + data + ")");
            }
            loop.kill();
        }
        kills.all++;
        kills.beforeWorking += workingMs == 0 ? 1 : 0;
    }

    private static long due(KillTimes.Kill kill, long startMs, long workingMs, long giveMs) {
        if (!kill.working()) {
            return startMs + kill.afterMs();
        }
        return workingMs == 0 ? giveMs : workingMs + kill.afterMs();
    }

    /** Lets a last loop work off all that is left. */
    private void settle(Cluster cluster, Path config) throws InterruptedException {
        long give = System.nanoTime() + UNTIL_SETTLED.toNanos();
        try (LoopProcess loop = start(config);
                Settling settling = new Settling(
                        cluster, stages().stream().map(Stage::journal).toList())) {
            while (!settling.isSettled()) {
                loop.check();
                if (System.nanoTime() > give) {
                    throw new Failure("the loop has not worked off its inputs after " + UNTIL_SETTLED.toSeconds()
                            + " s; unread: " + settling.unread() + " (see " + data + ")");
                }
            }
            loop.stop();
        }
    }

    private List<Stage> stages() {
        return LoopTopology.stages(Secret.in(data));
    }

    /** What the loops print is kept by twos, for the last words of one that ended by itself. */
    private LoopProcess start(Path config) {
        return LoopProcess.start(config, data.resolve("loop-" + started++ % 2 + ".log"), data.resolve("classes.jsa"));
    }

    private Path config(Cluster cluster) {
        Secret.in(data);
        KeyFile.in(data);
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", cluster.bootstrap());
        settings.setProperty("schema.registry.url", cluster.registry());
        settings.setProperty("heed.prefix", cluster.prefix());
        settings.setProperty("heed.secret.file", data.resolve(Secret.FILE).toString());
        settings.setProperty("heed.key.file", data.resolve(KeyFile.NAME).toString());
        settings.setProperty("heed.state.dir", data.resolve("state").toString());
        settings.setProperty("heed.partitions", String.valueOf(PARTITIONS));
        settings.setProperty("heed.replication", "1");
        settings.setProperty("heed.threads", "1");
        settings.setProperty("heed.tick.interval.ms", String.valueOf(TICK_MS));
        Path file = data.resolve("loop.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, "the loop that is killed");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return file;
    }
}
