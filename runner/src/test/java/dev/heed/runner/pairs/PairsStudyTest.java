package dev.heed.runner.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Dataset;
import dev.heed.event.Seal;
import dev.heed.event.Split;
import dev.heed.export.ExportPlan;
import dev.heed.export.Format;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.runner.Failure;
import dev.heed.runner.dataset.DatasetReports;
import dev.heed.runner.dataset.DatasetTopics;
import dev.heed.runner.dataset.Exports;
import dev.heed.text.KeyRing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs in, exports out, and what happens to a version afterwards. */
@Tag("slow")
class PairsStudyTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final int TRAINING_ROWS = 12;

    @TempDir
    private Path directory = Path.of(".");

    private final PairEvents events = new PairEvents(NOW_MS);
    private final PairsRun run = new PairsRun(NOW_MS);

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void whatGoesInComesOutForEveryTrainer() throws IOException {
        PairsFigures figures = study().through(run, events, directory);

        assertThat(figures.lines()).isEqualTo(TRAINING_ROWS + 4);
        assertThat(figures.leftOut())
                .containsOnlyKeys("conversations that differ before the last turn", "two equal answers");
        assertThat(figures.repeatedPrompts()).isEqualTo(1);
        assertThat(figures.rows()).as("the tie makes none").isEqualTo(TRAINING_ROWS + 1);
        int train = (int) (figures.rows() - figures.heldOut());
        assertThat(figures.files())
                .hasSize(2 * 5 + 4 + 2 + 3 + 2 * 5 + 4 + 2 + 2)
                .allSatisfy(each -> assertThat(each.rows() + each.unfit()).isEqualTo(train));
        assertThat(Files.readString(directory.resolve("preference-llama-factory-sharegpt/dataset_info.json")))
                .contains("\"ranking\" : true");
        assertThat(Files.readString(directory.resolve("preference-jsonl-preference/data/train-00000-of-00001.jsonl")))
                .contains("\"chosen\":[{\"role\":\"assistant\",\"content\":\"good answer ");
    }

    @Test
    void anExportIsTheSameBytesUntilAnErasure() throws IOException {
        study().through(run, events, directory);
        Exports once = export(run, "once");
        export(run, "twice");
        assertThat(bytes("once")).isEqualTo(bytes("twice"));

        run.erase(firstTrainingRow().getPromptKey());
        Exports after = export(run, "after");

        assertThat(after.report().written()).isEqualTo(once.report().written() - 1);
        assertThat(after.report().erased()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("after/manifest.jsonl")))
                .contains("\"row_id\":\"" + firstTrainingRow().getRowId() + "\"")
                .contains("\"state\":\"erased\"");
    }

    @Test
    void aLogThatIsNotWhatWasSealedIsRefused() throws IOException {
        study().through(run, events, directory);

        assertThatThrownBy(() -> export(tampered(delta -> delta.setRowHash("another")), "a"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("preference@1: the log does not hold what was sealed: partition 0: root ")
                .hasMessageContaining("as sealed");
        assertThatThrownBy(() -> export(tampered(delta -> delta.setSplit(Split.HOLDOUT)), "b"))
                .isInstanceOf(Failure.class);
        assertThat(Files.exists(directory.resolve("a"))).isFalse();
    }

    @Test
    void theNextVersionSaysWhatWentAndWhy() throws IOException {
        study().through(run, events, directory);
        Delta row = firstTrainingRow();
        run.send(
                Channel.CONSENTS,
                events.subject(),
                new Consent("no", events.subject(), ConsentKind.WITHDRAW, List.of(ConsentScope.TRAIN), NOW_MS, ""));
        run.send(
                Channel.ACTIONS,
                "preference",
                Action.newBuilder()
                        .setEventId("again")
                        .setTargetId("preference")
                        .setActor("me")
                        .setOccurredAtMs(NOW_MS)
                        .setSeal(new Seal("preference"))
                        .build());

        assertThat(difference("preference@1", "preference@2"))
                .contains("- " + row.getRowId() + "  consent_withdrawn")
                .endsWith("0 added, 0 revised, " + (TRAINING_ROWS + 1) + " removed\n");
        assertThat(DatasetReports.lineage(run, row.getRowId()))
                .contains("revision 1  ADD first, judged")
                .contains("revision 2  RETRACT first, consent_withdrawn")
                .contains("rater-0 (HUMAN) said first")
                .endsWith("versions     preference@1\n");
        assertThat(export(run, "old").retracted()).containsOnlyKeys("consent_withdrawn");
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        study().through(run, events, directory);

        assertThatThrownBy(() -> difference("preference@1", "preference@2"))
                .hasMessage("preference@2: not sealed (expected: 1 to 1)");
        assertThatThrownBy(() -> difference("binary@1", "binary@2"))
                .hasMessage("binary@1: not sealed (expected: 'heed dataset seal binary' first; it has no version yet)");
        assertThatThrownBy(() -> difference("preference", "preference@2"))
                .hasMessage("preference: not a version (expected: NAME@VERSION, for example preference@1)");
        assertThatThrownBy(() -> difference("wishes@1", "wishes@2"))
                .hasMessageStartingWith("wishes: no such dataset (expected: one of preference, ");
        assertThatThrownBy(() -> DatasetReports.lineage(run, "nobody")).hasMessageStartingWith("nobody: no such row");
    }

    private static PairsStudy study() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < TRAINING_ROWS; i++) {
            lines.append(pair("question " + i, "question " + i, "good answer " + i, "bad answer " + i));
        }
        lines.append(pair("question 0", "question 0", "another answer", "a worse one"));
        lines.append(pair("left", "right", "a", "b"));
        lines.append(pair("same", "same", "a", "a"));
        lines.append(
                "{\"instruction\": \"Say.\", \"response_a\": \"a\", \"response_b\": \"b\", \"votes\": [0, 0, 0]}\n");
        return PairsStudy.read(new BufferedReader(new StringReader(lines.toString())));
    }

    private static String pair(String asked, String askedOfOther, String chosen, String rejected) {
        return "{\"chosen\": \"\\n\\nHuman: " + asked + "\\n\\nAssistant: " + chosen
                + "\", \"rejected\": \"\\n\\nHuman: " + askedOfOther + "\\n\\nAssistant: " + rejected + "\"}\n";
    }

    private Exports export(DatasetTopics topics, String name) throws IOException {
        List<DatasetVersion> versions = new ArrayList<>();
        topics.versions(versions::add);
        ExportPlan plan = new ExportPlan(
                versions.get(0), Format.JSONL, Format.JSONL.shape(Dataset.PREFERENCE, ""), Split.TRAIN, 5);
        return Exports.write(topics, directory.resolve(name), plan);
    }

    private String difference(String from, String to) {
        StringWriter text = new StringWriter();
        DatasetReports.difference(run, from, to, new PrintWriter(text));
        return text.toString();
    }

    private String bytes(String name) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file :
                List.of("README.md", "croissant.json", "manifest.jsonl", "data/train-00000-of-00003.jsonl")) {
            all.append(Files.readString(directory.resolve(name).resolve(file)));
        }
        return all.toString();
    }

    private Delta firstTrainingRow() {
        List<Delta> found = new ArrayList<>();
        run.deltas((partition, delta) -> {
            if (delta.getDataset() == Dataset.PREFERENCE && delta.getSplit() == Split.TRAIN) {
                found.add(delta);
            }
        });
        return found.get(0);
    }

    /** The run with its first row of preference changed. */
    private DatasetTopics tampered(Consumer<Delta> change) {
        String rowId = firstTrainingRow().getRowId();
        return new DatasetTopics() {
            @Override
            public void versions(Consumer<DatasetVersion> reader) {
                run.versions(reader);
            }

            @Override
            public void deltas(BiConsumer<Integer, Delta> reader) {
                run.deltas((partition, delta) -> {
                    Delta copy = Delta.newBuilder(delta).build();
                    if (delta.getRowId().equals(rowId)) {
                        change.accept(copy);
                    }
                    reader.accept(partition, copy);
                });
            }

            @Override
            public void contents(BiConsumer<String, @Nullable Content> reader) {
                run.contents(reader);
            }

            @Override
            public void contentKeys(BiConsumer<String, @Nullable ContentKey> reader) {
                run.contentKeys(reader);
            }

            @Override
            public KeyRing keyRing() {
                return run.keyRing();
            }
        };
    }
}
