package dev.heed.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A directory for one run, deleted when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /** A new one where the system keeps such. */
    public static TemporaryDirectory create() {
        try {
            return new TemporaryDirectory(Files.createTempDirectory("heed-"));
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory can be made", failed);
        }
    }

    /**
     * A new one on the way to a path that is to be filled: in the last directory of it that is there.
     *
     * @throws Failure when no directory can be made there
     */
    public static TemporaryDirectory near(Path wanted) {
        Path there = wanted.toAbsolutePath();
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent(), "a root that is not there");
        }
        if (!Files.isDirectory(there)) {
            throw new Failure(wanted + ": " + there + " is no directory (expected: a new or empty directory)");
        }
        try {
            return new TemporaryDirectory(Files.createTempDirectory(there, ".heed-"));
        } catch (IOException failed) {
            throw new Failure(
                    wanted + ": nothing can be written in " + there + " (expected: a directory that can be made)",
                    failed);
        }
    }

    /**
     * Moves what is in a directory of this one to where it is to stay: all of it or nothing.
     *
     * @param to an empty directory, or one that is to be made
     */
    public void release(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> moved = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                moved.add(Files.move(entry, to.resolve(entry.getFileName())));
            }
        } catch (IOException failed) {
            for (Path each : moved) {
                Files.move(each, from.resolve(each.getFileName()));
            }
            throw failed;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + path, failed);
        }
    }
}
