package dev.heed.runner.keys;

import dev.heed.runner.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A file of hexadecimal digits that is made on first use and can be read by its owner alone. */
public final class SecretFile {
    private static final int BYTES = 32;

    private SecretFile() {}

    /**
     * Makes the file, with a random secret of 32 bytes, unless it is there.
     *
     * @throws Failure if it cannot be made
     */
    public static Path ensure(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
            }
            return file;
        } catch (IOException failed) {
            throw new Failure(file + ": " + failed.getMessage(), failed);
        }
    }
}
