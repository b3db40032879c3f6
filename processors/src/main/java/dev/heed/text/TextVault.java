package dev.heed.text;

import dev.heed.core.Outgoing;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where text goes and comes back from. The one place that knows in which form it is kept. */
public interface TextVault {
    /** The encoding of a JSON document. */
    String JSON = "json";

    /** The encoding of text in UTF-8. */
    String TEXT = "text";

    /** The encoding of bytes of any sort. */
    String BYTES = "bytes";

    /**
     * The records that keep a part of text.
     *
     * @param owner the interaction, in whose partition the text is kept
     * @param part name of the part, see {@link ContentKeys}
     * @param encoding what the bytes are
     */
    List<Outgoing> keep(String owner, String part, String encoding, byte[] bytes);

    /**
     * The bytes of a kept part.
     *
     * @param key the record of the same key in the topic of content keys, if there is one
     * @return null while the part cannot be read for want of its key
     * @throws KeyRefused if this vault is not the one that kept it
     */
    byte @Nullable [] open(Content content, @Nullable ContentKey key);

    /** The bytes of a field. */
    static byte[] copy(ByteBuffer field) {
        byte[] bytes = new byte[field.remaining()];
        field.duplicate().get(bytes);
        return bytes;
    }
}
