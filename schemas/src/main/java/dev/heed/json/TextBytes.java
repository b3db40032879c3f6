package dev.heed.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes as a JSON string that reads back to the same bytes: as text where they are text, else in Base64. */
final class TextBytes {
    private static final String BASE64 = "base64:";

    private TextBytes() {}

    static String write(ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            if (!text.startsWith(BASE64) && text.chars().noneMatch(TextBytes::isBinary)) {
                return text;
            }
        } catch (CharacterCodingException notText) {
            // Told apart by the prefix below.
        }
        byte[] raw = new byte[bytes.remaining()];
        bytes.duplicate().get(raw);
        return BASE64 + Base64.getEncoder().encodeToString(raw);
    }

    /**
     * @throws IllegalArgumentException if what follows the prefix is not Base64
     */
    static ByteBuffer read(String text) {
        return text.startsWith(BASE64)
                ? ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(BASE64.length())))
                : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isBinary(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\t' && character != '\r';
    }
}
