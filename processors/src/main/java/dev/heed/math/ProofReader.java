package dev.heed.math;

import java.util.ArrayList;
import java.util.List;

/** Computes the hashes of a Merkle proof from leaves that come one by one, without keeping them. */
public final class ProofReader {
    private final List<ProofRange> ranges;
    private final List<MerkleFrontier> trees = new ArrayList<>();
    private long read;

    /** @param ranges see {@link ProofRange} */
    public ProofReader(List<ProofRange> ranges) {
        this.ranges = List.copyOf(ranges);
        ranges.forEach(range -> trees.add(MerkleFrontier.empty()));
    }

    /** Takes the next leaf's hash. */
    public void append(byte[] leafHash) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).from() <= read && read < ranges.get(i).to()) {
                trees.set(i, trees.get(i).append(leafHash));
            }
        }
        read++;
    }

    /**
     * The proof, once all its leaves are read.
     *
     * @throws IllegalStateException before that
     */
    public List<byte[]> hashes() {
        for (ProofRange range : ranges) {
            if (range.to() > read) {
                throw new IllegalStateException(read + " leaves read (expected: " + range.to() + ")");
            }
        }
        return trees.stream().map(MerkleFrontier::root).toList();
    }
}
