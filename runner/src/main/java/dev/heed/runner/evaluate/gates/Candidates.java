package dev.heed.runner.evaluate.gates;

import dev.heed.math.KeyedHash;
import java.nio.charset.StandardCharsets;

/**
 * Simulated candidates: on each pair one wins, loses or ties against its reference, by a hash of the seed and the pair.
 *
 * @param loses how likely it is the worse one
 * @param wins how likely it is the better one
 */
record Candidates(long seed, double loses, double wins) {
    /** Candidate minus reference in micros. */
    long differenceMicros(String run, int pair) {
        double u = KeyedHash.unit(Long.toString(seed).getBytes(StandardCharsets.UTF_8), run, String.valueOf(pair));
        return u < loses ? -1_000_000 : u < loses + wins ? 1_000_000 : 0;
    }
}
