package dev.heed.runner.loop;

import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file in a data directory that tells client commands where the running platform listens. */
final class Addresses implements AutoCloseable {
    private final Path file;

    private Addresses(Path file) {
        this.file = file;
    }

    /** Writes it; it is gone when this is closed. */
    static Addresses write(Path data, Cluster cluster) {
        Path file = data.resolve(ClusterOptions.ADDRESSES);
        String text = ClusterOptions.BOOTSTRAP + "=" + cluster.bootstrap() + "\n" + ClusterOptions.REGISTRY + "="
                + cluster.registry() + "\n" + ClusterOptions.PREFIX + "=" + cluster.prefix() + "\n";
        try {
            Path draft = data.resolve(ClusterOptions.ADDRESSES + ".tmp");
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return new Addresses(file);
        } catch (IOException failed) {
            throw new Failure(file + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new Failure(file + ": " + failed.getMessage(), failed);
        }
    }
}
