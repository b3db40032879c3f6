package dev.heed.runner.loop;

import dev.heed.runner.Failure;
import dev.heed.runner.keys.SecretFile;
import dev.heed.topology.LoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The secret seed of a loop, in a file: hashes, the paths of subjects and draws are made under it, so it must stay the same. */
public final class Secret {
    /** Its name in a data directory. */
    public static final String FILE = "heed.secret";

    private Secret() {}

    /**
     * The secret of a data directory, made on first use and readable by its owner only.
     *
     * @throws Failure if it cannot be read or made
     */
    public static byte[] in(Path directory) {
        return read(SecretFile.ensure(directory.resolve(FILE)));
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
