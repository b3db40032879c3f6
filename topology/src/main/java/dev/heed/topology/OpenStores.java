package dev.heed.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, by a file beside an application's stores, that they are open, so that a start knows that they were not closed.
 * Kafka Streams finds that out itself, store by store when it has opened them, and deletes those; but a process that is
 * killed while files are deleted leaves a store that cannot be opened, and then every start would fail.
 */
final class OpenStores {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStores.class);

    private final Path mark;

    OpenStores(Path stateDir, String applicationId) {
        this.mark = stateDir.resolve(applicationId + ".open");
    }

    /**
     * To be called before stores are opened, by who alone may open them.
     *
     * @param delete deletes all stores, which are then restored from their changelogs
     * @throws UncheckedIOException when the file cannot be written
     */
    void opening(Runnable delete) {
        if (Files.exists(mark)) {
            LOG.info("{} is there: stores were not closed, and are restored", mark);
            delete.run();
            return;
        }
        try {
            Files.createDirectories(mark.getParent());
            Files.createFile(mark);
        } catch (IOException unusable) {
            throw new UncheckedIOException(mark + " cannot be written (expected: a folder for stores)", unusable);
        }
    }

    /** To be called when all stores were closed. */
    void closed() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException kept) {
            LOG.warn("{} cannot be deleted: the next start restores all stores", mark, kept);
        }
    }
}
