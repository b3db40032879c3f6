package dev.heed.runner.keys;

import dev.heed.text.KeySource;
import java.util.List;

/** Key-encryption keys in an environment variable. */
public record KeyVariable(String text) implements KeySource {
    /** Its name. */
    public static final String NAME = "HEED_KEYS";

    @Override
    public List<byte[]> keys() {
        return HexKeys.parse(text, NAME);
    }

    @Override
    public String toString() {
        return NAME;
    }
}
