package dev.heed.runner.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.event.Dataset;
import dev.heed.event.Split;
import dev.heed.export.ExportPlan;
import dev.heed.export.ExportRefused;
import dev.heed.export.Format;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.runner.Failure;
import dev.heed.text.KeyRefused;
import dev.heed.text.KeyRing;
import dev.heed.text.SealedTextVault;
import dev.heed.versions.SealedRows;
import dev.heed.versions.StandingRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export leaves where it worked. */
class ExportsTest {
    private static final byte[] TEXT =
            "A text that nobody else should read. ".repeat(50).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path place = Path.of(".");

    private final RandomVersion topics = new RandomVersion(1);

    @Test
    void aRefusedLogLeavesNothing() throws IOException {
        Files.createDirectory(place.resolve("empty"));
        RandomVersion.Logged<Delta> first = topics.deltas.stream()
                .filter(each -> Objects.requireNonNull(each.value()).getDataset() == Dataset.PREFERENCE)
                .findFirst()
                .orElseThrow();
        Objects.requireNonNull(first.value()).setRowHash("another");

        for (String target : List.of("new/one", "empty")) {
            assertThatThrownBy(() -> export(target))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("preference@1: the log does not hold what was sealed: partition ");
        }
        assertThat(found()).containsExactly("empty");
    }

    @Test
    void aKeyThatIsMissingLeavesNothing() throws IOException {
        Delta row = writtenRow();
        KeyRing strange = KeyRing.ofThisProcess();
        topics.contentKeys.add(
                new RandomVersion.Logged<>(0, row.getPromptKey(), strange.wrap(KeyRing.draw(), row.getPromptKey())));

        assertThatThrownBy(() -> export("out")).isInstanceOf(KeyRefused.class);
        assertThat(found()).isEmpty();
    }

    /** The last row fails, when all others are in the files. */
    @Test
    void aFailureWhileFilesAreWrittenLeavesNothing() throws IOException {
        Delta row = writtenRow();
        for (RandomVersion.Logged<Content> each : List.copyOf(topics.contents)) {
            if (each.key().equals(row.getPromptKey()) && each.value() != null) {
                topics.contents.add(new RandomVersion.Logged<>(
                        0,
                        each.key(),
                        Content.newBuilder(each.value())
                                .setEncoding("plain/json")
                                .build()));
            }
        }

        assertThatThrownBy(() -> export("out"))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("encoding plain/json");
        assertThat(found()).isEmpty();
    }

    @Test
    void anInterruptionLeavesNothing() throws IOException {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> export("out")).isInstanceOf(Failure.class).hasMessage("interrupted");
        assertThat(found()).isEmpty();
    }

    @Test
    void aPlaceThatIsNoneIsNamedBeforeAnythingIsRead() throws IOException {
        Path file = Files.createFile(place.resolve("file"));
        assertThatThrownBy(() -> export("file/sub"))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        file.resolve("sub") + ": " + file + " is no directory (expected: a new or empty directory)");
    }

    @Test
    void aDirectoryThatIsThereAndEmptyIsFilled() throws IOException {
        export(".");

        assertThat(found())
                .contains("README.md", "croissant.json", "manifest.jsonl")
                .allMatch(each -> !each.startsWith(".heed"));
        assertThatThrownBy(() -> export(".")).isInstanceOf(ExportRefused.class);
    }

    @Test
    void noTextIsOnDiskAndWhatIsThereOpensForNobodyElse() throws IOException {
        KeyRing ring = topics.keyRing();
        Delta row = writtenRow();
        String name = row.getPromptKey();
        var kept = new SealedTextVault(ring).keep(row.getInteractionId(), "prompt", "text", TEXT);
        ContentKey key = (ContentKey) Objects.requireNonNull(kept.get(0).value());
        Content content = (Content) Objects.requireNonNull(kept.get(1).value());
        topics.contentKeys.add(new RandomVersion.Logged<>(0, name, key));
        topics.contents.add(new RandomVersion.Logged<>(0, name, content));

        try (SortedStore store = new SortedStore(place.resolve("rows"))) {
            StoredTexts texts = new StoredTexts(store);
            texts.want(row);
            texts.read(topics);
            assertThat(texts.open(name)).isEqualTo(TEXT);
            assertThat(texts.open("another")).isNull();
        }

        String all = onDisk();
        assertThat(all).contains(latin1(content.getBytes().array()));
        assertThat(all).doesNotContain("nobody else should read");
        assertThat(all).doesNotContain(latin1(key.getWrappedKey().array()));
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** All files of the store, one after the other, a character for each byte. */
    private String onDisk() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(place.resolve("rows"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(latin1(Files.readAllBytes(file)));
            }
        }
        return all.toString();
    }

    private Exports export(String target) throws IOException {
        return Exports.write(
                topics,
                place.resolve(target),
                new ExportPlan(
                        topics.version,
                        Format.JSONL,
                        Format.JSONL.shape(Dataset.PREFERENCE, ""),
                        Split.TRAIN,
                        ExportPlan.ROWS_PER_FILE));
    }

    /** The last training row whose texts are all there. */
    private Delta writtenRow() {
        List<Delta> rows = new ArrayList<>();
        SealedRows sealed = new SealedRows(topics.version, StandingRows.inMemory());
        topics.deltas(sealed::read);
        sealed.rows()
                .filter(row -> row.getSplit() == Split.TRAIN)
                .filter(row -> Stream.of(row.getPromptKey(), row.getChosenKey(), row.getRejectedKey())
                        .allMatch(key -> topics.open(Objects.requireNonNull(key)) != null))
                .forEach(rows::add);
        return rows.get(rows.size() - 1);
    }

    private List<String> found() throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.map(each -> place.relativize(each).toString()).sorted().toList();
        }
    }
}
