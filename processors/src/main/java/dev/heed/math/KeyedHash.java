package dev.heed.math;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The only source of chance: HMAC-SHA256 of an id under a secret seed, so that a choice is random to whoever lacks the
 * seed and the same in every replay.
 *
 * <p>Two choices about the same id must not share a number: give each its own seed, or name its purpose.
 */
public final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";

    private KeyedHash() {}

    /** A number in [0, 1), a multiple of 2^-53: hash01 of the formulas. */
    public static double unit(byte[] seed, String id) {
        return (bits(seed, id) >>> 11) * 0x1p-53;
    }

    /** As {@link #unit(byte[], String)}, independent for each purpose. */
    public static double unit(byte[] seed, String purpose, String id) {
        return unit(seed, purposeful(purpose, id));
    }

    /** The first 64 bits of the hash, big-endian. */
    public static long bits(byte[] seed, String id) {
        return ByteBuffer.wrap(bytes(seed, id)).getLong();
    }

    /** As {@link #bits(byte[], String)}, independent for each purpose. */
    public static long bits(byte[] seed, String purpose, String id) {
        return bits(seed, purposeful(purpose, id));
    }

    /** The whole hash as 64 lower-case hexadecimal digits: a pseudonym, or a key to sort by. */
    public static String hex(byte[] seed, String id) {
        return HexFormat.of().formatHex(bytes(seed, id));
    }

    /** As {@link #hex(byte[], String)}, independent for each purpose. */
    public static String hex(byte[] seed, String purpose, String id) {
        return hex(seed, purposeful(purpose, id));
    }

    private static String purposeful(String purpose, String id) {
        if (purpose.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("purpose holds a NUL (expected: a plain word)");
        }
        return purpose + '\0' + id;
    }

    private static byte[] bytes(byte[] seed, String id) {
        return hmac(seed, id.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA256 of the parts one after the other, 32 bytes. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        Mac mac = mac();
        init(mac, key);
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** HMAC-SHA256 of each step under that of the step before, the first under the key; the key itself if there is none. */
    public static byte[] chain(byte[] key, byte[] steps) {
        Mac mac = mac();
        byte[] at = key;
        for (byte step : steps) {
            init(mac, at);
            mac.update(step);
            at = mac.doFinal();
        }
        return at;
    }

    private static Mac mac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    private static void init(Mac mac, byte[] key) {
        try {
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " refuses a key of " + key.length + " bytes", e);
        }
    }
}
