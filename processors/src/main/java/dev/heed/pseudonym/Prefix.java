package dev.heed.pseudonym;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A place in the tree of keys: the first bits of a path, from the root, which has none, to a leaf, which has all. What an
 * erasure draws for a path counts as longer than the path itself, so that it goes before the leaf, and whoever writes the
 * one never writes the other.
 *
 * @param length how many bits, 0 to {@link #PATH}; or {@link #DRAWN}
 * @param bits the bits, first one highest, zeros behind them
 */
public record Prefix(int length, long bits) implements Comparable<Prefix> {
    /** Bits of a path. */
    public static final int PATH = 64;
    /** The length of what was drawn for a path. */
    public static final int DRAWN = PATH + 1;

    public static final Prefix ROOT = new Prefix(0, 0);

    /** By the first path that goes through the place; of those with the same one, the place that most go through first. */
    static final Comparator<Prefix> BY_PATH =
            ((Comparator<Prefix>) (a, b) -> Long.compareUnsigned(a.bits, b.bits)).thenComparing(Prefix::length);

    private static final int LENGTH_DIGITS = 2;
    private static final int TEXT_LENGTH = LENGTH_DIGITS + 1 + Long.BYTES * 2;

    /** The first bits of a path. */
    static Prefix of(long path, int length) {
        return new Prefix(length, path & mask(length));
    }

    /** The place of what is drawn for a path. */
    public static Prefix drawn(long path) {
        return new Prefix(DRAWN, path);
    }

    boolean isDrawn() {
        return length == DRAWN;
    }

    /** Whether the path goes through this place. */
    boolean covers(long path) {
        return (path & mask(length)) == bits;
    }

    /** The last path, as an unsigned number, that goes through this place. */
    long lastPath() {
        return bits | ~mask(length);
    }

    private static long mask(int length) {
        return length == 0 ? 0 : length >= PATH ? -1L : -1L << (PATH - length);
    }

    /** The key in the topic of pseudonym keys: length and bits, in an order that has all of one length together. */
    public String text() {
        return (length < 10 ? "0" : "") + length + '-' + HexFormat.of().toHexDigits(bits);
    }

    /** The place that a topic key names, if it names one. */
    static Optional<Prefix> parse(String text) {
        if (text.length() != TEXT_LENGTH || text.charAt(LENGTH_DIGITS) != '-') {
            return Optional.empty();
        }
        try {
            Prefix prefix = new Prefix(
                    Integer.parseInt(text.substring(0, LENGTH_DIGITS)),
                    HexFormat.fromHexDigitsToLong(text, LENGTH_DIGITS + 1, TEXT_LENGTH));
            return prefix.text().equals(text) ? Optional.of(prefix) : Optional.empty();
        } catch (IllegalArgumentException notAPlace) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Prefix other) {
        return length == other.length ? Long.compareUnsigned(bits, other.bits) : Integer.compare(length, other.length);
    }
}
