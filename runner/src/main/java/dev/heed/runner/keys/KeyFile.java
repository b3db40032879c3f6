package dev.heed.runner.keys;

import dev.heed.text.KeyRefused;
import dev.heed.text.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Key-encryption keys in a file, one a line, the newest first. */
public record KeyFile(Path file) implements KeySource {
    /** Its name in a data directory. */
    public static final String NAME = "heed.keys";

    /** The one of a data directory, made on first use. */
    public static KeyFile in(Path directory) {
        return new KeyFile(SecretFile.ensure(directory.resolve(NAME)));
    }

    @Override
    public List<byte[]> keys() {
        try {
            return HexKeys.parse(Files.readString(file), file.toString());
        } catch (IOException unreadable) {
            throw new KeyRefused(file + ": cannot be read (expected: the loop's key-encryption keys)", unreadable);
        }
    }
}
