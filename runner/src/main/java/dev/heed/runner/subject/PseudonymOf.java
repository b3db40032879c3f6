package dev.heed.runner.subject;

import dev.heed.core.Channel;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KeyTree;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.text.KeyRing;
import java.time.Duration;
import java.util.List;

/** Reads the keys of pseudonyms, and with them what stands for a subject now. */
final class PseudonymOf {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KnownKeys known;

    /** @throws Failure if the loop has no keys of pseudonyms yet */
    PseudonymOf(Cluster cluster, KeyRing ring) {
        known = new KnownKeys(ring);
        try (CommittedReader reader = new CommittedReader(
                cluster,
                "heed-subject",
                List.of(Channel.PSEUDONYM_KEYS),
                List.of(),
                (channel, record, value) -> known.read(record.key(), (PseudonymKey) value))) {
            while (!reader.caughtUp()) {
                reader.poll(POLL);
            }
        }
        if (known.isEmpty()) {
            throw new Failure(cluster.topic(Channel.PSEUDONYM_KEYS) + ": no key (expected: a loop that has run)");
        }
    }

    String subject(byte[] secretSeed, String subjectId) {
        return known.pseudonym(KeyTree.path(secretSeed, subjectId), subjectId, null);
    }
}
