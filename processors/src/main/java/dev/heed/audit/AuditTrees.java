package dev.heed.audit;

import dev.heed.core.Channel;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.math.MerkleFrontier;
import dev.heed.out.AuditHead;
import dev.heed.state.AuditTree;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Grows the trees of one partition and publishes their heads. A head says what stands; when it is said decides nothing. */
final class AuditTrees {
    private AuditTrees() {}

    /** Takes in the next record of a log. */
    static void append(State state, AuditedLog log, byte[] leaf, long timeMs) {
        String key = key(log);
        AuditTree held = state.get(key, AuditTree.class);
        MerkleFrontier tree = (held == null ? MerkleFrontier.empty() : frontier(held)).append(leaf);
        state.put(
                key,
                new AuditTree(
                        tree.size(),
                        tree.peaks().stream().map(ByteBuffer::wrap).toList(),
                        Math.max(timeMs, held == null ? 0 : held.getTimeMs()),
                        held == null ? 0 : held.getPublishedSize()));
    }

    /** Publishes the head of each tree that has grown since its last one. */
    static void publish(State state, List<AuditedLog> logs, int partition, Outbox out) {
        for (AuditedLog log : logs) {
            AuditTree tree = state.get(key(log), AuditTree.class);
            if (tree != null && tree.getSize() > tree.getPublishedSize()) {
                String root = HexFormat.of().formatHex(frontier(tree).root());
                out.send(
                        Channel.AUDIT,
                        log.channel().baseName() + "-" + partition,
                        new AuditHead(log.stage(), partition, tree.getSize(), root, tree.getTimeMs(), log.log()));
                state.put(key(log), new AuditTree(tree.getSize(), tree.getPeaks(), tree.getTimeMs(), tree.getSize()));
            }
        }
    }

    private static MerkleFrontier frontier(AuditTree tree) {
        return new MerkleFrontier(
                tree.getSize(), tree.getPeaks().stream().map(AuditTrees::bytes).toList());
    }

    private static byte[] bytes(ByteBuffer peak) {
        byte[] bytes = new byte[peak.remaining()];
        peak.duplicate().get(bytes);
        return bytes;
    }

    private static String key(AuditedLog log) {
        return Keys.of("tree", log.channel().baseName());
    }
}
