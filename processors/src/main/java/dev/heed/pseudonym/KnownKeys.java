package dev.heed.pseudonym;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.math.KeyedHash;
import dev.heed.out.ContentKey;
import dev.heed.out.PseudonymKey;
import dev.heed.text.KeyRing;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the topic of pseudonym keys says, as far as it is read: one for all tasks of a process. The longest known part of a
 * path decides what its leaf is. Thread-safe.
 */
public final class KnownKeys {
    /** Key of the record that counts the splits. */
    private static final String SPLITS = "splits";
    /** Leaves looked at in one search for what is to be split. */
    private static final int MAX_LOOKS = 256;

    private final KeyRing ring;
    private final Supplier<byte[]> draws;
    private final KnownPlaces places = new KnownPlaces();
    /** Paths for which a leaf was drawn and whose old leaf may still be computed, from a node above. */
    private final Set<Long> maybeCovered = new LinkedHashSet<>();
    /** When the subjects of drawn leaves were erased, as long as their records say so. */
    private final Map<Long, Long> erasedAtMs = new HashMap<>();

    private long splits;

    private KnownKeys(KeyRing ring, Supplier<byte[]> draws) {
        this.ring = ring;
        this.draws = draws;
    }

    /** @param ring wraps what is written and unwraps what is read */
    public KnownKeys(KeyRing ring) {
        this(ring, KeyRing::draw);
    }

    /** A whole tree that is in no topic, for a loop that lives in memory alone: the same draws from the same seed. */
    public static KnownKeys ofSeed(byte[] seed) {
        AtomicLong drawn = new AtomicLong();
        Supplier<byte[]> draws = () ->
                HexFormat.of().parseHex(KeyedHash.hex(seed, "pseudonym-key", String.valueOf(drawn.getAndIncrement())));
        KnownKeys keys = new KnownKeys(KeyRing.ofThisProcess(), draws);
        keys.places.set(Prefix.ROOT, keys.draw());
        return keys;
    }

    /** A secret that was never there before. */
    public byte[] draw() {
        return draws.get();
    }

    /** The record that makes a place known. */
    public Outgoing record(Prefix place, byte[] secret) {
        return record(place, secret, 0);
    }

    /** @param erasedAtMs what the subject of a leaf did before is erased, milliseconds since the epoch; 0 when nothing is */
    private Outgoing record(Prefix place, byte[] secret, long erasedAtMs) {
        PseudonymKey key = new PseudonymKey(ring.wrap(secret, place.text()), 0L, erasedAtMs);
        return Outgoing.exactly(Channel.PSEUDONYM_KEYS, 0, place.text(), key);
    }

    /** The record of a leaf that was never there before. */
    public Outgoing drawn(long path, long erasedAtMs) {
        return record(Prefix.drawn(path), draw(), erasedAtMs);
    }

    /** A record that makes a place unknown. */
    static Outgoing deletion(Prefix place) {
        return new Outgoing(Channel.PSEUDONYM_KEYS, place.text(), "0", null, Destination.EXACT_PARTITION);
    }

    /** The record that counts the splits; it goes after the records of the last one. */
    public static Outgoing splitsMade(long count) {
        return Outgoing.exactly(Channel.PSEUDONYM_KEYS, 0, SPLITS, new PseudonymKey(null, count, 0L));
    }

    /**
     * Takes the next record of the topic.
     *
     * @throws dev.heed.text.KeyRefused if the ring does not have its key
     */
    public synchronized void read(String key, @Nullable PseudonymKey value) {
        if (key.equals(SPLITS) && value != null) {
            splits = value.getSplits();
            return;
        }
        Prefix.parse(key).ifPresent(place -> {
            if (place.isDrawn() && value != null && value.getErasedAtMs() > 0) {
                erasedAtMs.put(place.bits(), value.getErasedAtMs());
            } else if (place.isDrawn()) {
                erasedAtMs.remove(place.bits());
            }
            if (value == null || value.getNode() == null) {
                places.set(place, null);
            } else if (places.set(place, ring.unwrap(value.getNode(), key)) == null && place.isDrawn()) {
                maybeCovered.add(place.bits());
            }
        });
    }

    /** Whether nothing is known yet. */
    public boolean isEmpty() {
        return places.isEmpty();
    }

    /**
     * Whether every path has a key. It does at the end of every transaction: a node is given up together with the writing of
     * what comes instead, and only where a leaf was drawn.
     */
    public boolean isWhole() {
        return places.isWhole();
    }

    /**
     * What stands for a subject.
     *
     * @param path the subject's, see {@link KeyTree#path}
     * @param drawn what the task itself has drawn for the path last, which may be newer than what was read
     */
    public String pseudonym(long path, String subjectId, @Nullable ContentKey drawn) {
        byte[] leaf = drawn == null
                ? places.leaf(path)
                : ring.unwrap(drawn, Prefix.drawn(path).text());
        return KeyTree.pseudonym(leaf, subjectId);
    }

    /** Whether anything that an erasure ended may still come, of whatever subject. */
    public synchronized boolean isErasureAwaited() {
        return !erasedAtMs.isEmpty();
    }

    /** What the subject of a path did before is erased, milliseconds since the epoch; 0 when nothing is, or nothing of it waits. */
    public synchronized long erasedAtMs(long path) {
        return erasedAtMs.getOrDefault(path, 0L);
    }

    /**
     * The record of a leaf again, newly wrapped.
     *
     * @param leaf as it was written last
     * @param forgetMs an erasure before this is told no more, milliseconds since the epoch
     */
    public Outgoing rewrapped(String key, PseudonymKey leaf, long forgetMs) {
        byte[] secret = ring.unwrap(Objects.requireNonNull(leaf.getNode()), key);
        long erased = leaf.getErasedAtMs();
        return record(Prefix.parse(key).orElseThrow(), secret, erased < forgetMs ? 0 : erased);
    }

    /**
     * Whether this many splits were read. Whoever does not know of the last one must write no node: it would make a node
     * known again that was given up, and every leaf below it.
     */
    public synchronized boolean hasRead(long splitsMade) {
        return splits >= splitsMade;
    }

    /**
     * Nodes from which an old leaf can be computed, each once, so that they may be split together. Only where the last
     * split {@linkplain #hasRead was read}.
     *
     * @param limit most nodes
     */
    public synchronized List<Split> due(int limit) {
        Map<Prefix, Split> due = new TreeMap<>();
        Iterator<Long> paths = maybeCovered.iterator();
        for (int looks = 0; looks < MAX_LOOKS && due.size() < limit && paths.hasNext(); looks++) {
            long path = paths.next();
            Map.Entry<Prefix, byte[]> above = places.longest(path, Prefix.PATH);
            if (above == null) {
                paths.remove(); // for good: a split makes no leaf known that was not known before
            } else {
                due.putIfAbsent(above.getKey(), new Split(above.getKey(), above.getValue(), path));
            }
        }
        return List.copyOf(due.values());
    }

    /**
     * Records that say of nodes what is known already. Only where the last split {@linkplain #hasRead was read}.
     *
     * @param after key of the node after which to go on, empty for the first
     * @param limit most records
     */
    public List<Outgoing> again(String after, int limit) {
        return places.nodesAfter(Prefix.parse(after).orElse(null), limit).entrySet().stream()
                .map(each -> record(each.getKey(), each.getValue()))
                .toList();
    }

    /** All that is known. */
    Map<Prefix, byte[]> all() {
        return places.all();
    }

    /** Leaves computed from it that are kept, by path. */
    Map<Long, byte[]> kept() {
        return places.kept();
    }
}
