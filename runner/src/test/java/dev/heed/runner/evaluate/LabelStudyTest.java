package dev.heed.runner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.runner.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelStudyTest {
    private final Path dir;

    LabelStudyTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void quotesSpacesMarksAndEmptyLinesAreRead() {
        List<LabelRow> rows =
                read("a.csv", "\uFEFFitem_id, worker_id ,label,gold\n1,\"w, the \"\"1st\"\"\",x,y\n\n2,w2, z ,\n");

        assertThat(rows)
                .containsExactly(
                        new LabelRow(2, "1", "w, the \"1st\"", "x", "y"), new LabelRow(4, "2", "w2", "z", null));
    }

    @Test
    void aGzipFileIsTheSame() throws IOException {
        Path file = dir.resolve("b.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("worker_id,item_id,label\nw,i,1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LabelFile.read(file)).containsExactly(new LabelRow(2, "i", "w", "1", null));
    }

    @Test
    void badLinesAreNamed() {
        assertThatThrownBy(() -> read("c.csv", "item_id,worker_id,label\n1,w,x\n2,w\n3,,x\n4,w,\n"))
                .isInstanceOf(Failure.class)
                .hasMessage("c.csv: line 3: label is empty; line 4: worker_id is empty; line 5: label is empty");
        assertThatThrownBy(() -> read("d.csv", "item,who,label\n1,w,x\n"))
                .hasMessageContaining("line 1: columns item, who, label (expected: item_id, worker_id, label");
        assertThatThrownBy(() -> read("e.csv", "item_id,worker_id,label\n1,w,x,1,2\n"))
                .hasMessageContaining("e.csv: line 2: ");
        assertThatThrownBy(() -> read("f.csv", "item_id,worker_id,label\n")).hasMessageContaining("no rows");
        assertThatThrownBy(() -> read("g.csv", "")).hasMessageContaining("g.csv: ");
        assertThatThrownBy(() -> LabelFile.read(dir.resolve("none.csv"))).hasMessageContaining("no such file");
    }

    @Test
    void aRepeatedPairKeepsItsLastRow() {
        LabelStudy study = LabelStudy.of(
                List.of(row("i", "w", "a"), row("i", "v", "b"), row("j", "w", "a"), row("i", "w", "b")), 1);

        assertThat(study.labels()).hasSize(3).contains(row("i", "w", "b"));
        assertThat(study.classes()).containsExactly("a", "b");
        assertThat(study.majority()).isEqualTo(Map.of("i", "b", "j", "a"));
    }

    @Test
    void theSeedSaysInWhatOrderLabelsArrive() {
        List<LabelRow> rows = List.of(row("1", "a", "x"), row("1", "b", "y"), row("2", "a", "y"), row("2", "b", "x"));

        // sha256 of 7|1|a, 7|1|b, 7|2|a and 7|2|b begin with e0, 9d, cf and 0c.
        assertThat(LabelStudy.of(rows, 7).labels()).containsExactly(rows.get(3), rows.get(1), rows.get(2), rows.get(0));
        assertThat(LabelStudy.of(rows, 8).labels()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aTieGoesToTheLowestLabelAsAString() {
        LabelStudy study = LabelStudy.of(
                List.of(row("i", "a", "9"), row("i", "b", "10"), row("j", "a", "9"), row("j", "b", "9")), 1);

        assertThat(study.majority()).isEqualTo(Map.of("i", "10", "j", "9"));
    }

    @Test
    void accuracyCountsItemsWithGoldOnly() {
        LabelStudy study = LabelStudy.of(
                List.of(
                        new LabelRow(2, "i", "w", "a", "a"),
                        new LabelRow(3, "j", "w", "b", null),
                        new LabelRow(4, "k", "w", "b", "a")),
                1);

        assertThat(study.accuracy(Map.of("i", "a", "j", "a", "k", "b"))).isEqualTo(.5);
        assertThat(study.accuracy(Map.of())).isEqualTo(0.0);
    }

    @Test
    void whatIsNoStudyIsSaid() {
        assertThatThrownBy(() -> LabelStudy.of(List.of(row("i", "w", "a")), 1))
                .hasMessage("1 different labels (expected: 2 to 64 classes)");
        assertThatThrownBy(() -> LabelStudy.of(
                        List.of(new LabelRow(2, "i", "w", "a", "a"), new LabelRow(3, "i", "v", "b", "b")), 1))
                .hasMessage("line 3: gold b of item i (expected: a, as before)");
    }

    private List<LabelRow> read(String name, String text) {
        try {
            return LabelFile.read(Files.writeString(dir.resolve(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelRow row(String item, String worker, String label) {
        return new LabelRow(2, item, worker, label, null);
    }
}
