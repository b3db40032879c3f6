package dev.heed.text;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each part of text under a random data key of its own (AES-256-GCM, with the part's name as associated data), and
 * the data key wrapped beside it. Where the wrapped key is gone, the text is gone. Thread-safe.
 */
public final class SealedTextVault implements TextVault {
    private static final String SEALED = "aes256gcm/";

    private final KeyRing ring;

    public SealedTextVault(KeyRing ring) {
        this.ring = ring;
    }

    @Override
    public List<Outgoing> keep(String owner, String part, String encoding, byte[] bytes) {
        String name = ContentKeys.of(owner, part);
        byte[] dataKey = KeyRing.draw();
        Content content = new Content(owner, part, SEALED + encoding, ByteBuffer.wrap(seal(dataKey, name, bytes)));
        ContentKey wrapped = ring.wrap(dataKey, name);
        Arrays.fill(dataKey, (byte) 0);
        return List.of(
                new Outgoing(Channel.CONTENT_KEYS, name, owner, wrapped, Destination.BY_KEY),
                new Outgoing(Channel.CONTENTS, name, owner, content, Destination.BY_KEY));
    }

    private static byte[] seal(byte[] dataKey, String name, byte[] bytes) {
        try {
            return KeyRing.aead(dataKey).encrypt(bytes, KeyRing.name(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("text " + name + " could not be sealed", e);
        }
    }

    @Override
    public byte @Nullable [] open(Content content, @Nullable ContentKey key) {
        if (key == null) {
            return null;
        }
        String name = ContentKeys.of(content.getInteractionId(), content.getPart());
        if (!content.getEncoding().startsWith(SEALED)) {
            throw new KeyRefused(
                    "text " + name + ": encoding " + content.getEncoding() + " (expected: one under " + SEALED + ")");
        }
        byte[] dataKey = ring.unwrap(key, name);
        try {
            return KeyRing.aead(dataKey).decrypt(TextVault.copy(content.getBytes()), KeyRing.name(name));
        } catch (GeneralSecurityException e) {
            // A part that came again has another key: one of the two is still on its way.
            return null;
        }
    }
}
