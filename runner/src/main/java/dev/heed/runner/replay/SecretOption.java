package dev.heed.runner.replay;

import dev.heed.core.Stage;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.ClusterOptions;
import dev.heed.runner.loop.Secret;
import dev.heed.topology.LoopTopology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The secret seed of the loop whose records are read: it drew, hashed and named subjects with it. */
public final class SecretOption {
    @Option(
            names = {"--secret", "--secret-file"},
            paramLabel = "FILE",
            description = "The loop's secret seed (also: HEED_SECRET_FILE; default: that of the data directory).")
    private @Nullable Path file;

    /**
     * The stages, which draw and hash as the loop did.
     *
     * @throws Failure if there is no secret
     */
    public List<Stage> stages(ClusterOptions options) {
        return LoopTopology.stages(secret(options));
    }

    /**
     * The secret itself.
     *
     * @throws Failure if there is none
     */
    public byte[] secret(ClusterOptions options) {
        String named = System.getenv("HEED_SECRET_FILE");
        Path ofData = options.data().resolve(Secret.FILE);
        if (file != null) {
            return Secret.read(file);
        } else if (named != null && !named.isEmpty()) {
            return Secret.read(Path.of(named));
        } else if (Files.exists(ofData)) {
            return Secret.read(ofData);
        }
        throw new Failure("no --secret given, and " + ofData
                + " is not there (expected: the file with the loop's secret seed; decisions draw and hash with it)");
    }
}
