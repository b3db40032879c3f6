package dev.heed.materializer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.event.Dataset;
import dev.heed.event.Message;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.out.Erasure;
import dev.heed.out.PreferenceRow;
import dev.heed.out.Provenance;
import dev.heed.text.KeyRing;
import dev.heed.text.SealedTextVault;
import dev.heed.text.TextVault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
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
                : (state, out) -> MATERIALIZER.onContent(state, B, null, 0L, out::add);
        arrivals.add(erasure);
        if (!erasedLast) {
            arrivals.add((state, out) -> MATERIALIZER.onDelta(state, delta(2, RowOp.REVISE, Split.TRAIN), out::add));
        }

        assertThat(run(arrivals)).isEmpty();
    }

    @Property
    void anErasureLeavesNoTextWheneverItComes(@ForAll long seed) {
        List<Arrival> arrivals = texts();
        Delta delta = delta(1, RowOp.ADD, Split.TRAIN);
        arrivals.add((state, out) -> MATERIALIZER.onDelta(state, delta, out::add));
        arrivals.add((state, out) -> MATERIALIZER.onErasure(state, new Erasure("i", 2L, 0L), out::add));
        Collections.shuffle(arrivals, new Random(seed));
        MemoryState state = new MemoryState();
        List<Outgoing> out = new ArrayList<>();
        arrivals.forEach(arrival -> arrival.at(state, out));

        Map<String, @Nullable SpecificRecord> last = new TreeMap<>();
        out.forEach(each -> last.put(each.channel() + each.key(), each.value()));
        assertThat(last.values())
                .as("each text, key and row ends as a deletion")
                .containsOnlyNulls();
        assertThat(last).containsKeys("CONTENTS" + PROMPT, "CONTENT_KEYS" + PROMPT, "CONTENTS" + A, "CONTENT_KEYS" + B);
        assertThat(state.withPrefix("text", Content.class, 9)).isEmpty();
        assertThat(state.withPrefix("key", ContentKey.class, 9)).isEmpty();
    }

    @Example
    void theCopyOfARefusedRecordGoesWithItsLetter() {
        MemoryState state = new MemoryState();
        List<Outgoing> out = new ArrayList<>();
        for (Outgoing record : VAULT.keep("i", "dead|t-0-1", TextVault.BYTES, new byte[] {1})) {
            if (record.value() instanceof Content content) {
                MATERIALIZER.onContent(state, record.key(), content, 1_000L, out::add);
            } else {
                MATERIALIZER.onKey(state, record.key(), (ContentKey) record.value(), out::add);
            }
        }
        MATERIALIZER.onHeartbeat(state, Erasing.REFUSED_MS, out::add);
        assertThat(out).extracting(Outgoing::key).containsOnly(Materializer.HEARTBEAT);
        MATERIALIZER.onHeartbeat(state, Erasing.REFUSED_MS + 1_001, out::add);

        assertThat(out)
                .filteredOn(each -> each.key().equals("i|dead|t-0-1"))
                .extracting(Outgoing::channel)
                .containsExactly(Channel.CONTENTS, Channel.CONTENT_KEYS);
    }

    @Example
    void anErasureOfMoreTextsThanGoAtOnceGoesOnAtHeartbeats() {
        MemoryState state = new MemoryState();
        List<Outgoing> out = new ArrayList<>();
        int texts = Erasing.MAX_PER_STEP + 1;
        for (int i = 0; i < texts; i++) {
            Content content = new Content("i", "feedback|" + i, "aes256gcm/text", ByteBuffer.allocate(0));
            MATERIALIZER.onContent(state, "i|feedback|" + i, content, 0L, out::add);
        }
        MATERIALIZER.onErasure(state, new Erasure("i", 1L, 0L), out::add);
        assertThat(out).hasSize(Erasing.MAX_PER_STEP);
        MATERIALIZER.onHeartbeat(state, 5L, out::add);

        assertThat(out).filteredOn(each -> each.channel() == Channel.CONTENTS).hasSize(texts);
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
                            ? (state, out) -> MATERIALIZER.onContent(state, record.key(), content, 0L, out::add)
                            : (state, out) ->
                                    MATERIALIZER.onKey(state, record.key(), (ContentKey) record.value(), out::add));
        }
        return arrivals;
    }
}
