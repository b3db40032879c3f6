package dev.heed.pseudonym;

import dev.heed.core.Outgoing;
import java.util.ArrayList;
import java.util.List;

/**
 * A node to be given up for its children and theirs, all but the way to one leaf.
 *
 * @param node the node, which is on the path
 * @param secret the node's
 * @param path the way to the leaf that nobody is to compute again
 */
public record Split(Prefix node, byte[] secret, long path) {
    /**
     * The records that do it. What comes instead goes first and the deletion last, so that whoever has read some of them
     * knows a way to every other leaf.
     */
    public List<Outgoing> records(KnownKeys known) {
        List<Outgoing> records = new ArrayList<>();
        KeyTree.siblings(node, secret, path).forEach((place, key) -> records.add(known.record(place, key)));
        records.add(KnownKeys.deletion(node));
        return records;
    }
}
