package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStoresTest {
    private final Path stateDir;
    private final AtomicInteger deletions = new AtomicInteger();

    OpenStoresTest(@TempDir Path stateDir) {
        this.stateDir = stateDir;
    }

    private OpenStores stores(String application) {
        return new OpenStores(stateDir.resolve("state"), application);
    }

    @Test
    void storesThatWereClosedAreKept() {
        stores("heed-hot").opening(deletions::incrementAndGet);
        stores("heed-hot").closed();
        stores("heed-hot").opening(deletions::incrementAndGet);
        assertThat(deletions).hasValue(0);
    }

    @Test
    void storesThatWereNotClosedAreDeletedAtEachStartUntilTheyAre() {
        stores("heed-hot").opening(deletions::incrementAndGet);
        stores("heed-slow").opening(deletions::incrementAndGet);
        assertThat(deletions).as("each application has its own").hasValue(0);
        stores("heed-hot").opening(deletions::incrementAndGet);
        stores("heed-hot").opening(deletions::incrementAndGet);
        assertThat(deletions).as("killed while it deleted, it deletes the rest").hasValue(2);
        stores("heed-hot").closed();
        stores("heed-hot").opening(deletions::incrementAndGet);
        assertThat(deletions).hasValue(2);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.createFile(stateDir.resolve("state"));
        assertThatThrownBy(() -> stores("heed-hot").opening(deletions::incrementAndGet))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(stateDir.resolve("state").resolve("heed-hot.open")
                        + " cannot be written (expected: a folder for stores)");
    }
}
