package dev.heed.math;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A 64-bit fingerprint in which alike texts differ in few bits (Charikar 2002), under a secret seed: without the seed
 * nobody can craft a text that looks new, or one that collides.
 *
 * <p>Features of a text are its pairs of neighbouring words, the ends included, so that one changed word changes two of
 * them. The rules for words use no table that differs between Java versions.
 */
public final class SimHash {
    /** Words after this many are not looked at. */
    public static final int MAX_WORDS = 16_384;

    /** The largest number of dimensions of an embedding. */
    public static final int MAX_DIMENSIONS = 16_384;

    // Marks the start and the end of a text; no word holds it.
    private static final String EDGE = "\0";

    private final SipHash hash;

    /** @param seed secret; another seed gives unrelated fingerprints */
    public SimHash(byte[] seed) {
        hash = new SipHash(KeyedHash.bits(seed, "simhash", "k0"), KeyedHash.bits(seed, "simhash", "k1"));
    }

    /** The number of bits in which two fingerprints differ, 0 to 64; about 32 for unrelated texts. */
    public static int distance(long a, long b) {
        return Long.bitCount(a ^ b);
    }

    /** The fingerprint of a text; 0 if it has no word. */
    public long of(String text) {
        List<String> words = words(text);
        if (words.isEmpty()) {
            return 0;
        }
        double[] votes = new double[Long.SIZE];
        String before = EDGE;
        for (String word : words) {
            vote(votes, feature(before, word), 1);
            before = word;
        }
        vote(votes, feature(before, EDGE), 1);
        return signs(votes);
    }

    /** The fingerprint of an embedding: the sides of 64 secret planes that it lies on. */
    public long of(double[] embedding) {
        if (embedding.length > MAX_DIMENSIONS) {
            throw new IllegalArgumentException(
                    embedding.length + " dimensions (expected: at most " + MAX_DIMENSIONS + ")");
        }
        double[] votes = new double[Long.SIZE];
        for (int i = 0; i < embedding.length; i++) {
            if (!(Math.abs(embedding[i]) < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("dimension " + i + " is " + embedding[i] + " (expected: a number)");
            }
            vote(votes, hash.of(ByteBuffer.allocate(Integer.BYTES).putInt(i).array()), embedding[i]);
        }
        return signs(votes);
    }

    private long feature(String first, String second) {
        return hash.of((first + ' ' + second).getBytes(StandardCharsets.UTF_8));
    }

    private static void vote(double[] votes, long bits, double weight) {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            votes[bit] += (bits >>> bit & 1) == 1 ? weight : -weight;
        }
    }

    private static long signs(double[] votes) {
        long signs = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (votes[bit] > 0) {
                signs |= 1L << bit;
            }
        }
        return signs;
    }

    /** Words in lower case: runs of letters and digits, and each character alone in scripts without spaces. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length() && words.size() < MAX_WORDS; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean alone = standsAlone(c);
            if (alone || isSeparator(c)) {
                flush(word, words);
            }
            if (alone) {
                words.add(Character.toString(c));
            } else if (!isSeparator(c)) {
                // Case mappings of assigned characters never change (Unicode stability policy).
                word.appendCodePoint(Character.toLowerCase(c));
            }
        }
        flush(word, words);
        return words.size() > MAX_WORDS ? words.subList(0, MAX_WORDS) : words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isSeparator(int c) {
        boolean ascii = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return c < 0x80 && !ascii // controls, space, punctuation
                || c >= 0x80 && c <= 0xbf && c != 0xaa && c != 0xb5 && c != 0xba // the same of Latin-1
                || c >= 0x2000 && c <= 0x206f // general punctuation
                || c >= 0x3000 && c <= 0x303f // that of Chinese and Japanese
                || c >= 0xff00 && c <= 0xff0f; // its wide forms
    }

    // Thai to Lao, kana, Chinese characters: written without spaces.
    private static boolean standsAlone(int c) {
        return c >= 0x0e00 && c <= 0x0eff
                || c >= 0x3040 && c <= 0x30ff
                || c >= 0x3400 && c <= 0x9fff
                || c >= 0x20000 && c <= 0x3ffff;
    }
}
