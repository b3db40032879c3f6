package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.event.RowCause;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.ItemsFact;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.intake.PublicInput;
import dev.heed.materializer.Materializer;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.Delta;
import dev.heed.out.Erasure;
import dev.heed.text.PlainTextVault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Whoever applies the deltas of random histories arrives at the rows that stand, whatever the order, and no others. */
@Tag("slow")
class DeltasProperties {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final int EVENTS = 400;

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void anyOrderGivesTheSameRowsAndNoneOfWhatWasWithdrawn(
            @ForAll @IntRange(min = 1, max = 1_000_000) int seed, @ForAll boolean crashes) {
        LoopScheduler loop = new LoopScheduler(
                2, LoopTopology.stages(SECRET), SECRET, RandomHistory.START_MS, seed, crashes ? 0.15 : 0);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        new RandomHistory(seed).play(loop, EVENTS);
        loop.runToEnd();

        List<Delta> deltas = new ArrayList<>();
        loop.records(Channel.DATASET_LOG).forEach(record -> deltas.add((Delta) Objects.requireNonNull(record.value())));
        Map<String, Delta> inOrder = folded(deltas);
        List<Delta> twice = new ArrayList<>(deltas);
        twice.addAll(deltas);
        Collections.shuffle(twice, new Random(seed));

        assertThat(folded(twice)).isEqualTo(inOrder);
        assertThat(deltas).extracting(Delta::getCauseKind).doesNotContain(RowCause.UNKNOWN);
        Map<String, ConsentDecided> consents = consents(loop);
        assertThat(standing(inOrder)).allMatch(row -> Objects.requireNonNull(consents.get(row.getInteractionId()))
                .getTrain());
        assertThat(materialized(loop, seed)).isEqualTo(trainingIds(inOrder));
    }

    private static Map<String, Delta> folded(List<Delta> deltas) {
        Map<String, Delta> rows = new HashMap<>();
        deltas.forEach(
                delta -> rows.merge(delta.getRowId(), delta, (a, b) -> a.getRevision() >= b.getRevision() ? a : b));
        return rows;
    }

    private static List<Delta> standing(Map<String, Delta> rows) {
        return rows.values().stream()
                .filter(row -> row.getOp() != RowOp.RETRACT)
                .toList();
    }

    private static Set<String> trainingIds(Map<String, Delta> rows) {
        Set<String> ids = new TreeSet<>();
        standing(rows).stream().filter(row -> row.getSplit() == Split.TRAIN).forEach(row -> ids.add(row.getRowId()));
        return ids;
    }

    /** The consents that items were told last. */
    private static Map<String, ConsentDecided> consents(LogView loop) {
        Map<String, ConsentDecided> last = new HashMap<>();
        for (LogView.Logged record : loop.records(Channel.ITEMS_FACTS)) {
            if (record.value() instanceof ItemsFact fact && fact.getConsentApplied() != null) {
                ConsentDecided consent = fact.getConsentApplied().getConsent();
                last.put(consent.getInteractionId(), consent);
            }
        }
        return last;
    }

    /** The rows of the dataset topics when a materializer reads its topics in any order. */
    private static Set<String> materialized(LogView loop, long seed) {
        Materializer materializer = new Materializer(new PlainTextVault());
        List<LogView.Logged> records = new ArrayList<>();
        for (Channel read : List.of(Channel.DATASET_LOG, Channel.CONTENTS, Channel.CONTENT_KEYS, Channel.ERASURES)) {
            records.addAll(loop.records(read));
        }
        Collections.shuffle(records, new Random(seed));
        MemoryState state = new MemoryState();
        List<Outgoing> out = new ArrayList<>();
        for (LogView.Logged record : records) {
            if (record.value() instanceof Delta delta) {
                materializer.onDelta(state, delta, out::add);
            } else if (record.value() instanceof Content content) {
                materializer.onContent(state, Objects.requireNonNull(record.key()), content, 0L, out::add);
            } else if (record.value() instanceof Erasure erasure) {
                materializer.onErasure(state, erasure, out::add);
            } else if (record.value() instanceof ContentKey key) {
                materializer.onKey(state, Objects.requireNonNull(record.key()), key, out::add);
            }
        }
        Set<String> rows = new TreeSet<>();
        for (Outgoing each : out) {
            if (each.channel().baseName().startsWith("datasets.")) {
                if (each.value() == null) {
                    rows.remove(each.key());
                } else {
                    rows.add(each.key());
                }
            }
        }
        return rows;
    }
}
