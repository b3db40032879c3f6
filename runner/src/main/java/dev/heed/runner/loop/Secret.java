package dev.heed.runner.loop;

import dev.heed.runner.Failure;
import dev.heed.topology.LoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret seed of a loop, in a file: hashes, pseudonyms and draws are made under it, so it must stay the same. */
public final class Secret {
    /** File of a data directory. */
    public static final String FILE = "heed.secret";

    private static final int BYTES = 32;

    private Secret() {}

    /**
     * The secret of a data directory, made on first use and readable by its owner only.
     *
     * @throws Failure if it cannot be read or made
     */
    public static byte[] in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
                if (posix) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
            }
        } catch (IOException failed) {
            throw new Failure(file + ": " + failed.getMessage(), failed);
        }
        return read(file);
    }

    /**
     * The secret in a file of hexadecimal digits.
     *
     * @throws Failure if there is none, or a short one
     */
    public static byte[] read(Path file) {
        try {
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length < LoopSettings.MIN_SEED_BYTES) {
                throw new Failure(file + ": " + secret.length + " bytes (expected: at least "
                        + LoopSettings.MIN_SEED_BYTES + ", as hexadecimal digits)");
            }
            return secret;
        } catch (IllegalArgumentException notHex) {
            throw new Failure(file + ": not hexadecimal digits (expected: as 'openssl rand -hex 32' makes)", notHex);
        } catch (IOException unreadable) {
            throw new Failure(file + ": cannot be read (expected: the loop's secret seed)", unreadable);
        }
    }
}
