package dev.heed.text;

import dev.heed.core.Outgoing;
import dev.heed.out.Content;
import java.util.List;

/** Where text goes and comes back from. The one place that knows in which form it is kept. */
public interface TextVault {
    /** The encoding of a JSON document. */
    String JSON = "plain/json";

    /** The encoding of text in UTF-8. */
    String TEXT = "plain/text";

    /** The encoding of bytes of any sort. */
    String BYTES = "plain/bytes";

    /**
     * The records that keep a part of text.
     *
     * @param owner the interaction, in whose partition the text is kept
     * @param part name of the part, see {@link ContentKeys}
     * @param encoding what the bytes are
     */
    List<Outgoing> keep(String owner, String part, String encoding, byte[] bytes);

    /** The bytes of a kept part. */
    byte[] open(Content content);
}
