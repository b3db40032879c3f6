package dev.heed.embedded;

import dev.heed.embedded.StartException.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The directory that an embedded platform keeps its data in, held by one process at a time.
 *
 * <p>The holder's process id stands in a file beside the lock, not in it: on Linux, closing any handle of a locked file
 * gives all locks of the process on it back, so that reading the lock file would free it. For the same reason a
 * directory held by this process is recognised before the lock file is opened.
 */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "heed.lock";
    private static final String PID = "heed.pid";
    private static final String MARKER = "heed-data.properties";
    private static final String LAYOUT = "layout";
    private static final String CLUSTER_ID = "cluster.id";
    private static final String CURRENT_LAYOUT = "1";

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel lockFile;
    private final String clusterId;

    private DataDirectory(Path root, FileChannel lockFile, String clusterId) {
        this.root = root;
        this.lockFile = lockFile;
        this.clusterId = clusterId;
    }

    /**
     * Takes a directory, creating it if need be.
     *
     * @throws StartException if another process holds it, somebody else's data is in it, or it cannot be written
     */
    static DataDirectory claim(Path directory) {
        Path root = create(directory);
        if (!HELD_HERE.add(root)) {
            throw inUse(root, ProcessHandle.current().pid() + ", which is this one");
        }
        FileChannel lockFile = null;
        try {
            lockFile = lock(root);
            return new DataDirectory(root, lockFile, mark(root));
        } catch (IOException | RuntimeException failed) {
            release(root, lockFile);
            throw failed instanceof StartException known ? known : unwritable(root, failed);
        }
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException failed) {
            throw unwritable(directory, failed);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel lockFile =
                FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lockFile.tryLock();
        if (lock == null) {
            lockFile.close();
            Path pid = root.resolve(PID);
            throw inUse(root, Files.exists(pid) ? Files.readString(pid).strip() : "of unknown id");
        }
        Files.writeString(root.resolve(PID), ProcessHandle.current().pid() + "\n");
        return lockFile;
    }

    /** Marks an empty directory as ours, and returns the cluster id that the mark holds from then on. */
    private static String mark(Path root) throws IOException {
        Path marker = root.resolve(MARKER);
        if (!Files.exists(marker)) {
            Optional<String> stranger = firstStranger(root);
            if (stranger.isPresent()) {
                throw foreign(root, "holds '" + stranger.get() + "' and no " + MARKER);
            }
            write(marker, Uuid.randomUuid().toString());
        }
        Properties mark = read(marker);
        String layout = mark.getProperty(LAYOUT, "none");
        if (!layout.equals(CURRENT_LAYOUT)) {
            throw foreign(root, "has layout " + layout + " in " + MARKER + ", this version knows " + CURRENT_LAYOUT);
        }
        String clusterId = mark.getProperty(CLUSTER_ID, "");
        if (clusterId.isEmpty()) {
            throw foreign(root, "has no " + CLUSTER_ID + " in " + MARKER);
        }
        Path formatted = kafkaIn(root).resolve("meta.properties");
        String formattedAs = Files.exists(formatted) ? read(formatted).getProperty(CLUSTER_ID, "none") : clusterId;
        if (!formattedAs.equals(clusterId)) {
            throw foreign(root, "holds the data of Kafka cluster " + formattedAs + " beside the mark of " + clusterId);
        }
        return clusterId;
    }

    private static Optional<String> firstStranger(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !List.of(LOCK, PID, MARKER + ".tmp").contains(name))
                    .sorted()
                    .findFirst();
        }
    }

    private static void write(Path marker, String clusterId) throws IOException {
        Path draft = marker.resolveSibling(MARKER + ".tmp");
        Files.writeString(draft, LAYOUT + "=" + CURRENT_LAYOUT + "\n" + CLUSTER_ID + "=" + clusterId + "\n");
        Files.move(draft, marker, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return properties;
    }

    private static StartException inUse(Path root, String process) {
        return new StartException(
                Problem.DIRECTORY_IN_USE,
                root.toString(),
                "is in use by process " + process,
                "a data directory that no running Heed holds");
    }

    private static StartException foreign(Path root, String found) {
        return new StartException(
                Problem.DIRECTORY_FOREIGN, root.toString(), found, "an empty directory, or one that Heed made");
    }

    private static StartException unwritable(Path root, Exception failed) {
        return new StartException(
                Problem.DIRECTORY_UNWRITABLE,
                root.toString(),
                "cannot be used: " + failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                "a directory that this user may create and write",
                failed);
    }

    /** Id of the Kafka cluster whose data is here. */
    String clusterId() {
        return clusterId;
    }

    /** Where the broker keeps its logs. */
    Path kafka() {
        return kafkaIn(root);
    }

    boolean isFormatted() {
        return Files.exists(kafka().resolve("meta.properties"));
    }

    private static Path kafkaIn(Path root) {
        return root.resolve("kafka");
    }

    @Override
    public void close() {
        release(root, lockFile);
    }

    private static void release(Path root, @Nullable FileChannel lockFile) {
        try {
            if (lockFile != null) {
                lockFile.close();
            }
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException("cannot release " + root, alreadyGone);
        } finally {
            HELD_HERE.remove(root);
        }
    }
}
