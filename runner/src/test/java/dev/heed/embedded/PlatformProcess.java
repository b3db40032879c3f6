package dev.heed.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An embedded platform in a process of its own, which a test can kill. */
final class PlatformProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final String answer;

    private PlatformProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /** What runs in the other process: starts a platform, says so, and stays until killed. */
    public static void main(String[] args) throws InterruptedException {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(Path.of(args[0]), 0, 0)) {
            System.out.println(READY + platform.bootstrapServers() + " " + platform.registryUrl());
            Thread.sleep(Long.MAX_VALUE);
        } catch (StartException refused) {
            System.out.println(refused.problem() + " " + refused.getMessage());
        }
    }

    /** Starts the process and waits until the platform is ready or has refused. */
    static PlatformProcess start(Path data) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        PlatformProcess.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new PlatformProcess(process, String.valueOf(out.readLine()));
    }

    /** The first line that the process printed. */
    String answer() {
        return answer;
    }

    boolean isReady() {
        return answer.startsWith(READY);
    }

    String bootstrapServers() {
        return answer.split(" ", -1)[1];
    }

    String registryUrl() {
        return answer.split(" ", -1)[2];
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process at once, with no chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + pid() + " is still there after " + STOP_SECONDS + " s");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
