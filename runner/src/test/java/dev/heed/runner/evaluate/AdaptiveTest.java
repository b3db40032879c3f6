package dev.heed.runner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AdaptiveTest {
    private final Path dir;

    AdaptiveTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void everyItemGetsOneLabelThenTheDoubtfulOneIsAskedAbout() {
        // Raters a, b and c agree on all items but the last.
        List<LabelRow> rows = new ArrayList<>();
        for (int item = 0; item < 6; item++) {
            for (String worker : List.of("a", "b", "c", "d")) {
                String label = item == 5 && worker.compareTo("b") > 0 ? "n" : item % 2 == 0 ? "y" : "n";
                rows.add(new LabelRow(1, "i" + item, worker, item == 5 && worker.equals("b") ? "y" : label, null));
            }
        }
        LabelStudy study = LabelStudy.of(rows, 1);
        AskingAdaptively asking = new AskingAdaptively(study, Worths::value);

        assertThat(Curve.spend(asking, 6)).isTrue();
        assertThat(asking.answers()).containsOnlyKeys("i0", "i1", "i2", "i3", "i4", "i5");
        assertThat(asking.lastWorthMicros()).isZero();

        Curve.spend(asking, 12);
        assertThat(asking.asked()).isEqualTo(12);
        assertThat(asking.lastWorthMicros()).isPositive();
    }

    @Test
    void nothingIsAskedBeyondTheShareOrTheLabels() {
        LabelStudy study = LabelStudy.of(rows(), 1);
        AdaptiveFigures some = AdaptiveFigures.of("set", 1, study, .35, false);
        assertThat(some.asked()).isLessThanOrEqualTo(study.labels().size() * 35 / 100);
        AdaptiveFigures all = AdaptiveFigures.of("set", 1, study, 1, false);
        assertThat(all.asked()).isBetween(study.items().size(), study.labels().size());
        assertThat(all.accuracy()).isEqualTo(1.0);
    }

    @Test
    void roundsGiveEveryItemItsNextLabelInTurn() {
        LabelStudy study = LabelStudy.of(rows(), 1);
        AskingEvenly asking = new AskingEvenly(study);
        Curve.spend(asking, study.items().size());
        // One label each: every item's answer is what its first label says.
        for (LabelRow label : study.labels()) {
            LabelRow first = study.labels().stream()
                    .filter(each -> each.item().equals(label.item()))
                    .findFirst()
                    .orElseThrow();
            assertThat(asking.answers()).containsEntry(label.item(), first.label());
        }
        assertThat(Curve.spend(asking, 1_000)).isFalse();
        assertThat(asking.answers()).isEqualTo(study.majority());
    }

    @Test
    void severalFilesAndSeedsGiveAMean() throws IOException {
        JsonNode json = run("--through", "stage", "--seeds", "1,2", "--json", file("one"), file("two"));
        assertThat(json.get("runs")).hasSize(4);
        assertThat(json.at("/runs/3/set").asText()).isEqualTo("two");
        assertThat(json.at("/runs/3/seed").asLong()).isEqualTo(2);
        assertThat(json.at("/mean/judgment_accuracy").asDouble()).isEqualTo(1.0);
    }

    @Test
    void curvesAreWrittenAsTableAndPictures() throws IOException {
        Path curves = dir.resolve("curves");
        JsonNode json = run("--adaptive", "--json", "--curve", curves.toString(), file("one"), file("two"));
        assertThat(json.at("/mean/share").asDouble()).isBetween(.1, .35);
        assertThat(Files.readAllLines(curves.resolve("curve.csv")))
                .startsWith("set,seed,asking,share,labels_per_item,accuracy")
                .anyMatch(line -> line.startsWith("one,1,\"value of a label\","))
                .anyMatch(line -> line.startsWith("two,1,\"confidence threshold\","))
                .anyMatch(line -> line.startsWith("two,1,\"fixed overlap, majority\",1.0000,5.0000,1.000000"));
        for (String picture : List.of("one.png", "two.png", "mean.png")) {
            assertThat(ImageIO.read(curves.resolve(picture).toFile())).isNotNull();
        }
    }

    /** Ten items by five raters; the fifth is wrong on every third. */
    private static List<LabelRow> rows() {
        List<LabelRow> rows = new ArrayList<>();
        for (int item = 0; item < 10; item++) {
            String truth = item % 2 == 0 ? "y" : "n";
            for (int worker = 0; worker < 5; worker++) {
                String said = worker == 4 && item % 3 == 0 ? (truth.equals("y") ? "n" : "y") : truth;
                rows.add(new LabelRow(1, "i" + item, "w" + worker, said, truth));
            }
        }
        return rows;
    }

    private String file(String name) throws IOException {
        StringBuilder text = new StringBuilder("item_id,worker_id,label,gold\n");
        rows().forEach(row -> text.append(String.join(",", row.item(), row.worker(), row.label(), row.gold()))
                .append('\n'));
        return Files.writeString(dir.resolve(name + ".csv"), text).toString();
    }

    private static JsonNode run(String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new EvaluateLabelsCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .execute(arguments);
        assertThat(exit).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
