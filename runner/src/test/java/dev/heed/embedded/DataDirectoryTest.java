package dev.heed.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.embedded.StartException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private final Path temporary;

    DataDirectoryTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void aNewDirectoryIsCreatedAndKeepsItsClusterId() {
        Path root = temporary.resolve("a/b");
        String clusterId;
        try (DataDirectory first = DataDirectory.claim(root)) {
            clusterId = first.clusterId();
            assertThat(first.isFormatted()).isFalse();
        }
        try (DataDirectory second = DataDirectory.claim(root)) {
            assertThat(second.clusterId()).isEqualTo(clusterId);
        }
    }

    @Test
    void aHeldDirectoryIsRefusedAndStaysHeld() {
        try (DataDirectory held = DataDirectory.claim(temporary)) {
            assertThat(held.clusterId()).isNotEmpty();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertProblem(
                        temporary,
                        Problem.DIRECTORY_IN_USE,
                        "in use by process " + ProcessHandle.current().pid());
            }
        }
        DataDirectory.claim(temporary).close();
    }

    @Test
    void somebodyElsesDirectoryIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("meta.properties"), "version=1\ncluster.id=abc\nnode.id=7\n");
        assertProblem(temporary, Problem.DIRECTORY_FOREIGN, "holds 'meta.properties' and no heed-data.properties");
        assertThat(Files.exists(temporary.resolve("heed-data.properties"))).isFalse();
    }

    @Test
    void anotherLayoutIsRefused() throws IOException {
        Files.writeString(temporary.resolve("heed-data.properties"), "layout=2\ncluster.id=abc\n");
        assertProblem(temporary, Problem.DIRECTORY_FOREIGN, "has layout 2");
    }

    @Test
    void dataOfAnotherClusterIsRefused() throws IOException {
        DataDirectory.claim(temporary).close();
        Files.createDirectories(temporary.resolve("kafka"));
        Files.writeString(temporary.resolve("kafka/meta.properties"), "version=1\ncluster.id=other\nnode.id=1\n");
        assertProblem(temporary, Problem.DIRECTORY_FOREIGN, "data of Kafka cluster other");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "not a directory");
        assertProblem(file, Problem.DIRECTORY_UNWRITABLE, "FileAlreadyExistsException");
        assertProblem(file.resolve("below"), Problem.DIRECTORY_UNWRITABLE, "cannot be used");
        assertProblem(Path.of("/proc/heed"), Problem.DIRECTORY_UNWRITABLE, "cannot be used");
    }

    private static void assertProblem(Path directory, Problem problem, String part) {
        assertThatThrownBy(() -> DataDirectory.claim(directory)).isInstanceOfSatisfying(StartException.class, told -> {
            assertThat(told.problem()).isEqualTo(problem);
            assertThat(told.getMessage())
                    .startsWith(told.value() + " ")
                    .contains(part, "(expected: ")
                    .doesNotContain("\n");
        });
    }
}
