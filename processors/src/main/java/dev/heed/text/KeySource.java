package dev.heed.text;

import java.util.List;

/**
 * Where key-encryption keys come from. It is asked once, at the start: a file or a variable gives them as they are, and a
 * key management service would open them with a key that never leaves it. So no service stands in the way of a text.
 */
public interface KeySource {
    /**
     * The keys: the first wraps, all of them unwrap.
     *
     * @throws KeyRefused if there is none that is good
     */
    List<byte[]> keys();
}
