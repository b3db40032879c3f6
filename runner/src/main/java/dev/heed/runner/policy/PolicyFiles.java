package dev.heed.runner.policy;

import dev.heed.policy.Policy;
import dev.heed.runner.Failure;
import dev.heed.topology.policy.PolicyFile;
import dev.heed.topology.policy.PolicyInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Reads policies for commands. */
public final class PolicyFiles {
    private PolicyFiles() {}

    /**
     * The policy in a file, made now.
     *
     * @throws Failure if it cannot be read
     * @throws PolicyInvalid with every problem found
     */
    public static Policy read(Path file) throws PolicyInvalid {
        try {
            return PolicyFile.parse(
                    file.toString(),
                    Files.readString(file),
                    InstantSource.system().millis());
        } catch (IOException unreadable) {
            throw new Failure(file + ": cannot be read (expected: a policy file)", unreadable);
        }
    }
}
