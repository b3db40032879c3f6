package dev.heed.runner.loop;

import dev.heed.console.StatusBoard;
import dev.heed.console.StatusServer;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.policy.Policy;
import dev.heed.runner.Failure;
import dev.heed.runner.Logs;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.policy.PolicyFiles;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an embedded platform and the loop until stopped. */
@Command(
        name = "up",
        description = {
            "Run a broker, a schema registry and the loop in this process until stopped. Everything listens on this"
                    + " machine only, and its data survives.",
            "Other commands find it by its data directory."
        })
public final class UpCommand implements Callable<Integer> {
    private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to keep all data (also: HEED_DATA; default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:HEED_DATA:-" + ClusterOptions.DEFAULT_DATA + "}")
    private Path data = Path.of(ClusterOptions.DEFAULT_DATA);

    @Option(names = "--port", paramLabel = "P", description = "Port of the status page (default: any free one).")
    private int port;

    @Option(names = "--broker-port", paramLabel = "P", description = "Port of the broker (default: any free one).")
    private int brokerPort;

    @Option(names = "--registry-port", paramLabel = "P", description = "Port of the registry (default: any free one).")
    private int registryPort;

    @Option(names = "--policy", paramLabel = "FILE", description = "A policy to publish at the start.")
    private @Nullable Path policyFile;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Policy policy = policy();
        out.println("starting a Kafka broker, a schema registry and the loop ...");
        EmbeddedPlatform platform = EmbeddedPlatform.start(data, brokerPort, registryPort);
        Logs.keepIn(data.resolve("heed.log"));
        StatusBoard board = new StatusBoard("Heed");
        try (EmbeddedLoop loop =
                        EmbeddedLoop.start(platform, data.resolve("streams"), Secret.in(data), KeyFile.in(data));
                StopSignal stop = new StopSignal(loop::stop);
                Addresses addresses = Addresses.write(data, loop.cluster());
                StatusFeed feed = new StatusFeed(loop.cluster(), board, loop::flow);
                StatusServer page = StatusServer.start(board, port)) {
            out.println("broker       " + loop.cluster().bootstrap());
            out.println("registry     " + loop.cluster().registry());
            out.println("status page  " + page.url());
            out.println("data         " + data.toAbsolutePath());
            if (policy != null) {
                PolicyInForce.publish(loop.cluster(), policy, UNTIL_IN_FORCE);
                out.println("policy       " + policy.getName() + ", version " + policy.getPolicyVersion());
            } else {
                out.println("policy       as published before; 'heed policy publish FILE' brings one into force");
            }
            out.println("running; Ctrl-C stops it");
            out.flush();
            loop.awaitStop();
        }
        return 0;
    }

    private @Nullable Policy policy() {
        try {
            return policyFile == null ? null : PolicyFiles.read(policyFile);
        } catch (PolicyInvalid invalid) {
            throw new Failure(invalid.name() + ": " + String.join("; ", invalid.problems()), invalid);
        }
    }
}
