package dev.heed.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Outgoing;
import dev.heed.out.PseudonymKey;
import dev.heed.text.KeyRing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Erasures by several tasks, and splits by one that reads late, in an order drawn from a seed. Paths share long beginnings or
 * differ in their last bits, as real ones hardly ever do.
 */
class KnownKeysProperties {
    private static final int STEPS = 60;
    private static final String ID = "kim";

    private final KeyRing ring = KeyRing.ofThisProcess();
    private final KnownKeys writer = new KnownKeys(ring);
    private final List<Outgoing> topic = new ArrayList<>();
    private final List<Long> paths = paths();
    private final Map<Long, String> first = new HashMap<>();
    private final Map<Long, List<String>> ended = new HashMap<>();
    private final Map<Long, String> now = new HashMap<>();
    private int read;
    private long made;

    @Property(tries = 25)
    void whatWasErasedIsComputedByNobodyAndAllOthersKeepTheirNames(@ForAll long seed) {
        new KnownKeysProperties().run(seed); // all tries share one object otherwise
    }

    private void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        begin();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0 -> erase(paths.get(random.nextInt(paths.size())));
                case 1 -> readOn(random.nextInt(100));
                case 2 -> namesAreAsIfNoneWasKept(paths.get(random.nextInt(paths.size())));
                case 3 -> split();
                case 4 -> writeAgain();
                default -> namesAreKept(readerOf(1 + random.nextInt(topic.size())));
            }
        }
        do {
            readOn(topic.size());
        } while (split());
        KnownKeys last = readerOf(topic.size());
        namesAreKept(last);
        now.forEach((path, name) -> assertThat(last.pseudonym(path, ID, null)).isEqualTo(name));
        ended.forEach((path, names) -> assertThat(computable(path)).doesNotContainAnyElementsOf(names));
        noNodeIsAboveAnother(last);
        noKeyCanBeMissed(last);
    }

    private void begin() {
        topic.add(writer.record(Prefix.ROOT, writer.draw()));
        readOn(1);
        for (long path : paths) {
            first.put(path, writer.pseudonym(path, ID, null));
        }
        now.putAll(first);
    }

    private void erase(long path) {
        byte[] secret = writer.draw();
        topic.add(writer.record(Prefix.drawn(path), secret));
        ended.computeIfAbsent(path, any -> new ArrayList<>()).add(now.get(path));
        now.put(path, KeyTree.pseudonym(secret, ID));
    }

    private void readOn(int records) {
        for (int end = Math.min(topic.size(), read + records); read < end; read++) {
            writer.read(topic.get(read).key(), (PseudonymKey) topic.get(read).value());
        }
        whatIsKeptFollows();
    }

    private boolean split() {
        if (!writer.hasRead(made)) {
            return false;
        }
        List<Split> splits = writer.due(2);
        splits.forEach(each -> topic.addAll(each.records(writer)));
        made += splits.size();
        topic.add(KnownKeys.splitsMade(made));
        return !splits.isEmpty();
    }

    private void writeAgain() {
        if (writer.hasRead(made)) {
            topic.addAll(writer.again("", 3));
        }
    }

    private KnownKeys readerOf(int records) {
        KnownKeys reader = new KnownKeys(ring);
        topic.subList(0, records).forEach(each -> reader.read(each.key(), (PseudonymKey) each.value()));
        return reader;
    }

    /** At every moment, and whatever is half written: who was not erased is called as before. */
    private void namesAreKept(KnownKeys reader) {
        assertThat(reader.isWhole()).isTrue();
        first.forEach((path, name) -> {
            if (!ended.containsKey(path)) {
                assertThat(reader.pseudonym(path, ID, null)).isEqualTo(name);
            }
        });
    }

    /** At every moment: the same as from whoever has read as much and was never asked before. */
    private void namesAreAsIfNoneWasKept(long path) {
        assertThat(writer.pseudonym(path, ID, null))
                .isEqualTo(readerOf(read).pseudonym(path, ID, null))
                .isEqualTo(writer.pseudonym(path, ID, null));
    }

    /** No leaf is kept but as what follows from the longest place on its path that is known now. */
    private void whatIsKeptFollows() {
        Map<Prefix, byte[]> all = writer.all();
        writer.kept().forEach((path, leaf) -> {
            Prefix place = all.keySet().stream()
                    .filter(each -> each.covers(path))
                    .max(Comparator.comparingInt(Prefix::length))
                    .orElseThrow();
            assertThat(leaf).isEqualTo(KeyTree.leaf(place, Objects.requireNonNull(all.get(place)), path));
        });
    }

    /** Every name that follows for a path from any place that compaction leaves. */
    private List<String> computable(long path) {
        List<String> names = new ArrayList<>();
        readerOf(topic.size()).all().forEach((place, secret) -> {
            if (place.covers(path)) {
                names.add(KeyTree.pseudonym(KeyTree.leaf(place, secret, path), ID));
            }
        });
        return names;
    }

    private static void noNodeIsAboveAnother(KnownKeys known) {
        List<Prefix> nodes =
                known.all().keySet().stream().filter(place -> !place.isDrawn()).toList();
        for (Prefix node : nodes) {
            assertThat(nodes)
                    .filteredOn(other -> node.covers(other.bits()) && other.length() >= node.length())
                    .containsExactly(node);
        }
    }

    /** Any place that is lost, if it is not a leaf that another place covers, leaves somebody without a key. */
    private void noKeyCanBeMissed(KnownKeys known) {
        for (Prefix lost : known.all().keySet()) {
            KnownKeys rest = new KnownKeys(ring);
            known.all().forEach((place, secret) -> {
                if (!place.equals(lost)) {
                    Outgoing record = writer.record(place, secret);
                    rest.read(record.key(), (PseudonymKey) record.value());
                }
            });
            assertThat(rest.isWhole()).as("without %s", lost.text()).isFalse();
        }
    }

    private static List<Long> paths() {
        List<Long> paths = new ArrayList<>();
        for (long high = 0; high < 3; high++) {
            for (long low = 0; low < 4; low++) {
                paths.add(high << 62 | low);
            }
        }
        return paths;
    }
}
