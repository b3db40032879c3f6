package dev.heed.core;

/** Builds state keys. Parts are joined by a character that intake allows in no id, so keys never collide. */
public final class Keys {
    private static final char SEPARATOR = '\u0000';

    private Keys() {}

    /** The parts joined, for one entry. */
    public static String of(String... parts) {
        return String.join("\u0000", parts);
    }

    /** As {@link #of(String...)}. Keys are built several times per label, so those of few parts go without an array. */
    public static String of(String first, String second, String third) {
        return first + SEPARATOR + second + SEPARATOR + third;
    }

    /** As {@link #of(String, String, String)}. */
    public static String of(String first, String second, String third, String fourth) {
        return first + SEPARATOR + second + SEPARATOR + third + SEPARATOR + fourth;
    }

    /** A prefix that all keys with these first parts, and at least one more, share. */
    public static String prefix(String... parts) {
        return of(parts) + SEPARATOR;
    }

    /**
     * A part that sorts as its number does.
     *
     * @param number 0 or more
     * @throws IllegalArgumentException when negative
     */
    public static String ascending(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number: " + number + " (expected: 0 or more)");
        }
        String hex = Long.toHexString(number);
        return "0".repeat(16 - hex.length()) + hex;
    }

    /** A part that sorts the largest number first. */
    public static String descending(long number) {
        return ascending(Long.MAX_VALUE - number);
    }

    /** What a public id of several parts, as {@code interaction|proposal}, belongs to: its first part. */
    public static String owner(String publicId) {
        int separator = publicId.indexOf('|');
        return separator < 0 ? publicId : publicId.substring(0, separator);
    }

    /** The last part of a key. */
    public static String lastPart(String key) {
        return key.substring(key.lastIndexOf(SEPARATOR) + 1);
    }

    /** All parts of a key. */
    public static String[] parts(String key) {
        return key.split("\u0000", -1);
    }
}
