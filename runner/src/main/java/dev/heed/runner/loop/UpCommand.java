package dev.heed.runner.loop;

import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.policy.Policy;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.policy.PolicyFiles;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the embedded platform and the loop until it is stopped. */
@Command(
        name = "up",
        description = "Run a broker, a schema registry and the loop in this process, on loopback, until stopped. Other"
                + " commands find them by the data directory.")
public final class UpCommand implements Callable<Integer> {
    private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:HEED_DATA:-" + ClusterOptions.DEFAULT_DATA + "}",
            description = "Where all data is kept (also: HEED_DATA; default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(ClusterOptions.DEFAULT_DATA);

    @Option(names = "--port", paramLabel = "P", description = "Port of the broker (default: any free one).")
    private int port;

    @Option(names = "--registry-port", paramLabel = "P", description = "Port of the registry (default: any free one).")
    private int registryPort;

    @Option(names = "--policy", paramLabel = "FILE", description = "A policy to bring into force once the loop runs.")
    private @Nullable Path policyFile;

    @Override
    public Integer call() throws InterruptedException {
        Policy policy = policy();
        EmbeddedPlatform platform = EmbeddedPlatform.start(data, port, registryPort);
        try (EmbeddedLoop loop = EmbeddedLoop.start(platform, data.resolve("streams"), Secret.in(data))) {
            Thread onStop = new Thread(loop::close, "heed-stop");
            Runtime.getRuntime().addShutdownHook(onStop);
            write(loop.cluster());
            PrintWriter out = spec.commandLine().getOut();
            out.println("broker    " + loop.cluster().bootstrap());
            out.println("registry  " + loop.cluster().registry());
            if (policy != null) {
                PolicyInForce.publish(loop.cluster(), policy, UNTIL_IN_FORCE);
                out.println("policy    " + policy.getName() + ", version " + policy.getPolicyVersion());
            } else {
                out.println("policy    none given; heed policy publish FILE brings one into force");
            }
            out.println("The loop runs; Ctrl-C stops it.");
            out.flush();
            loop.awaitStop();
            return 0;
        }
    }

    private @Nullable Policy policy() {
        try {
            return policyFile == null ? null : PolicyFiles.read(policyFile);
        } catch (PolicyInvalid invalid) {
            throw new Failure(String.join("; ", invalid.problems()), invalid);
        }
    }

    private void write(Cluster cluster) {
        Properties addresses = new Properties();
        addresses.setProperty(ClusterOptions.BOOTSTRAP, cluster.bootstrap());
        addresses.setProperty(ClusterOptions.REGISTRY, cluster.registry());
        addresses.setProperty(ClusterOptions.PREFIX, cluster.prefix());
        Path file = data.resolve(ClusterOptions.ADDRESSES);
        try (Writer writer = Files.newBufferedWriter(file)) {
            addresses.store(writer, "Where the heed that uses this directory listens");
        } catch (IOException failed) {
            throw new Failure(file + ": cannot be written", failed);
        }
    }
}
