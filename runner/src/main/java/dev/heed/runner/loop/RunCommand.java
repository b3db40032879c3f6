package dev.heed.runner.loop;

import dev.heed.runner.Failure;
import dev.heed.topology.Loop;
import dev.heed.topology.LoopSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the loop against any cluster. */
@Command(
        name = "run",
        description = {
            "Run the loop against any Kafka cluster until stopped.",
            "Each setting is taken from --set, else from its environment variable (HEED_ and the key in upper case"
                    + " with _ for . and -, without a leading heed.), else from the file, else from its default.",
            "Keys: " + LoopConfig.KEYS_FOR_HELP
        })
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "Settings, as Java properties.")
    private Path config = Path.of("heed.properties");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting that overrides all others.")
    private Map<String, String> flags = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        LoopSettings settings = LoopConfig.load(config, flags, System.getenv());
        Loop loop = Loop.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(loop::close, "heed-stop"));
        spec.commandLine().getOut().println("The loop starts on " + settings.bootstrapServers() + "; Ctrl-C stops it.");
        spec.commandLine().getOut().flush();
        @Nullable Throwable failure = loop.awaitStop();
        if (failure != null) {
            throw new Failure("the loop stopped: " + failure.getMessage(), failure);
        }
        return 0;
    }
}
