package dev.heed.text;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import dev.heed.out.ContentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The key-encryption keys of a loop, by their ids. Wraps and unwraps data keys in this process, with AES-256-GCM of Google
 * Tink; what a data key belongs to is its associated data, so a wrapped key opens nothing under another name. Thread-safe.
 */
public final class KeyRing {
    /** Length of key-encryption keys and data keys, in bytes. */
    public static final int KEY_BYTES = 32;

    private static final int ID_BYTES = 8;
    private static final byte[] ID_PURPOSE = "heed key-encryption key".getBytes(StandardCharsets.UTF_8);

    private final Map<String, AesGcmJce> keys = new LinkedHashMap<>();
    private final String first;

    private KeyRing(List<byte[]> given) {
        for (byte[] key : given) {
            if (key.length != KEY_BYTES) {
                throw new KeyRefused("key-encryption key: " + key.length + " bytes (expected: " + KEY_BYTES + ")");
            }
            keys.put(id(key), aead(key));
        }
        if (keys.isEmpty()) {
            throw new KeyRefused("key-encryption key: none (expected: at least one of " + KEY_BYTES + " bytes)");
        }
        this.first = keys.keySet().iterator().next();
    }

    /** @throws KeyRefused if the source has no good key */
    public static KeyRing of(KeySource source) {
        return new KeyRing(source.keys());
    }

    /** A ring that dies with this process, and with it all that was kept under it. */
    public static KeyRing ofThisProcess() {
        return new KeyRing(List.of(draw()));
    }

    /** What the key with which new data keys are wrapped is called: a hash, from which nothing follows for the key. */
    public String firstId() {
        return first;
    }

    /** Whether the ring has the key of this id. */
    public boolean has(String keyId) {
        return keys.containsKey(keyId);
    }

    /** A new data key. */
    public static byte[] draw() {
        return Random.randBytes(KEY_BYTES);
    }

    /** @param contentKey what the data key is for */
    public ContentKey wrap(byte[] dataKey, String contentKey) {
        try {
            byte[] wrapped = Objects.requireNonNull(keys.get(first)).encrypt(dataKey, name(contentKey));
            return new ContentKey(ByteBuffer.wrap(wrapped), first);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a data key could not be wrapped", e);
        }
    }

    /** @throws KeyRefused if the ring does not have its key, or the wrapped key is not what the ring made */
    public byte[] unwrap(ContentKey wrapped, String contentKey) {
        AesGcmJce key = keys.get(wrapped.getKeyId());
        if (key == null) {
            throw missing(wrapped.getKeyId(), "the data key of " + contentKey);
        }
        try {
            return key.decrypt(TextVault.copy(wrapped.getWrappedKey()), name(contentKey));
        } catch (GeneralSecurityException e) {
            throw new KeyRefused("the data key of " + contentKey + " was changed since it was wrapped", e);
        }
    }

    /** @param what what was wrapped by a key that is not here */
    public KeyRefused missing(String keyId, String what) {
        return new KeyRefused(what + " is wrapped by key-encryption key " + keyId + " (expected: one of "
                + keys.keySet() + ", which were given; nothing is lost: give the loop the key it was written with)");
    }

    static AesGcmJce aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM of " + key.length + " bytes", e);
        }
    }

    static byte[] name(String contentKey) {
        return contentKey.getBytes(StandardCharsets.UTF_8);
    }

    private static String id(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_PURPOSE);
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(key), ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
