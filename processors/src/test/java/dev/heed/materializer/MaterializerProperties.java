package dev.heed.materializer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.event.Dataset;
import dev.heed.event.Message;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.out.PreferenceRow;
import dev.heed.out.Provenance;
import dev.heed.text.KeyRing;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

class MaterializerProperties {
    private static final TextVault VAULT = new SealedTextVault(KeyRing.ofThisProcess());
    private static final Materializer MATERIALIZER = new Materializer(VAULT);
    private static final String PROMPT = "i|prompt";
    private static final String A = "i|candidate|a";
    private static final String B = "i|candidate|b";

    /** One thing that can come in. */
    private interface Arrival {
        void at(MemoryState state, List<Outgoing> out);
    }

    @Property
    void whateverTheOrderTheTopicEndsTheSame(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 3) Integer> ops, @ForAll long seed) {
        List<Delta> deltas = deltas(ops);
        List<Arrival> arrivals = new ArrayList<>();
        deltas.forEach(delta -> arrivals.add((state, out) -> MATERIALIZER.onDelta(state, delta, out::add)));
        arrivals.addAll(texts());

        Map<String, SpecificRecord> inOrder = run(arrivals);
        Collections.shuffle(arrivals, new Random(seed));

        assertThat(run(arrivals)).isEqualTo(inOrder).isEqualTo(oracle(deltas.get(deltas.size() - 1)));
    }

    @Property
    void anErasedTextTakesItsRowAlong(@ForAll long seed, @ForAll boolean erasedLast, @ForAll boolean keyAlone) {
        List<Arrival> arrivals = new ArrayList<>();
        Delta delta = delta(1, RowOp.ADD, Split.TRAIN);
        arrivals.add((state, out) -> MATERIALIZER.onDelta(state, delta, out::add));
        arrivals.addAll(texts());
        Collections.shuffle(arrivals, new Random(seed));
        Arrival erasure = keyAlone
                ? (state, out) -> MATERIALIZER.onKey(state, B, null, out::add)
                : (state, out) -> MATERIALIZER.onContent(state, B, null, out::add);
        arrivals.add(erasure);
        if (!erasedLast) {
            arrivals.add((state, out) -> MATERIALIZER.onDelta(state, delta(2, RowOp.REVISE, Split.TRAIN), out::add));
        }

        assertThat(run(arrivals)).isEmpty();
    }

    private static Map<String, SpecificRecord> oracle(Delta last) {
        if (last.getOp() == RowOp.RETRACT || last.getSplit() == Split.HOLDOUT) {
            return Map.of();
        }
        SpecificRecord row = new PreferenceRow(
                "row",
                List.of(new Message("user", "why?")),
                "because",
                "no",
                Split.TRAIN,
                "hash",
                last.getRevision(),
                last.getProvenance());
        return Map.of("row", row);
    }

    /** The dataset topic after compaction. */
    private static Map<String, SpecificRecord> run(List<Arrival> arrivals) {
        MemoryState state = new MemoryState();
        List<Outgoing> out = new ArrayList<>();
        arrivals.forEach(arrival -> arrival.at(state, out));
        Map<String, SpecificRecord> topic = new TreeMap<>();
        for (Outgoing each : out) {
            assertThat(each.partitionKey()).isEqualTo("i");
            @Nullable SpecificRecord value = each.value();
            if (value == null) {
                assertThat(topic.remove(each.key()))
                        .as("a tombstone only for what stands")
                        .isNotNull();
            } else {
                topic.put(each.key(), value);
            }
        }
        return topic;
    }

    private static List<Delta> deltas(List<Integer> ops) {
        List<Delta> deltas = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            int op = ops.get(i);
            deltas.add(delta(
                    i + 1,
                    op == 0 ? RowOp.RETRACT : op == 1 ? RowOp.ADD : RowOp.REVISE,
                    op == 3 ? Split.HOLDOUT : Split.TRAIN));
        }
        return deltas;
    }

    private static Delta delta(int revision, RowOp op, Split split) {
        Provenance provenance = new Provenance(
                List.of("e"), List.of("r"), 1, 950_000L, 1, "1", 1L, List.of("m"), List.of("1"), List.of("t"));
        return Delta.newBuilder()
                .setRowId("row")
                .setDataset(Dataset.PREFERENCE)
                .setOp(op)
                .setRevision(revision)
                .setInteractionId("i")
                .setQuestionId("preference")
                .setClassName("A")
                .setSplit(split)
                .setPromptKey(PROMPT)
                .setChosenKey(A)
                .setRejectedKey(B)
                .setRowHash("hash")
                .setCause("judged")
                .setProvenance(provenance)
                .setDecidedAtMs(0)
                .build();
    }

    /** The texts and their keys, as intake sends them. */
    private static List<Arrival> texts() {
        List<Arrival> arrivals = new ArrayList<>();
        arrivals.addAll(kept("prompt", "[{\"role\":\"user\",\"content\":\"why?\"}]"));
        arrivals.addAll(kept("candidate|a", "because"));
        arrivals.addAll(kept("candidate|b", "no"));
        return arrivals;
    }

    private static List<Arrival> kept(String part, String text) {
        List<Arrival> arrivals = new ArrayList<>();
        for (Outgoing record : VAULT.keep("i", part, TextVault.TEXT, text.getBytes(StandardCharsets.UTF_8))) {
            arrivals.add(
                    record.value() instanceof Content content
                            ? (state, out) -> MATERIALIZER.onContent(state, record.key(), content, out::add)
                            : (state, out) ->
                                    MATERIALIZER.onKey(state, record.key(), (ContentKey) record.value(), out::add));
        }
        return arrivals;
    }
}
