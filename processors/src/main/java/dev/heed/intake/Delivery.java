package dev.heed.intake;

import dev.heed.event.Coordinates;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record of a public input.
 *
 * @param source where it stands
 * @param key its key, or null when there is none or it is no text
 * @param value its bytes, or null
 * @param decoded what the bytes are
 */
public record Delivery(
        PublicInput input, Coordinates source, @Nullable String key, byte @Nullable [] value, Decoded decoded) {

    /** A key's bytes as text, or null when they are not UTF-8. */
    public static @Nullable String text(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }
}
