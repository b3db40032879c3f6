package dev.heed.bench.faults;

import dev.heed.runner.Failure;
import dev.heed.runner.Heed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code heed run} in a process of its own, which can be killed. */
final class LoopProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final Thread hook;
    private final File log;

    private LoopProcess(Process process, File log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly, "heed-kill-child");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts it.
     *
     * @param config its settings
     * @param log takes what it prints
     * @param classes where the first to be stopped in order keeps its loaded classes, so that later ones start sooner
     */
    static LoopProcess start(Path config, Path log, Path classes) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms32m",
                        "-Xmx320m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        (Files.exists(classes) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + classes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Heed.class.getName(),
                        "run",
                        "--config",
                        config.toString(),
                        "--verbose")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // What is set for this process is not meant for that one.
        builder.environment().keySet().removeIf(name -> name.startsWith("HEED_"));
        try {
            return new LoopProcess(builder.start(), log.toFile());
        } catch (IOException failed) {
            throw new UncheckedIOException("the loop's process cannot be started", failed);
        }
    }

    /**
     * Does nothing while it lives.
     *
     * @throws Failure if it has ended by itself
     */
    void check() {
        if (!process.isAlive()) {
            throw new Failure("the loop ended by itself with exit code " + process.exitValue() + " (see " + log + ")");
        }
    }

    /** Ends it at once, with no chance to tidy up. */
    void kill() throws InterruptedException {
        check();
        process.destroyForcibly();
        await();
    }

    /** Ends it in order. */
    void stop() throws InterruptedException {
        check();
        process.destroy();
        await();
    }

    private void await() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new Failure("process " + process.pid() + " is still there after " + STOP_SECONDS + " s");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook does it.
        }
    }
}
