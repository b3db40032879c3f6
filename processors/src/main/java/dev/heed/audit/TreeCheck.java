package dev.heed.audit;

import dev.heed.math.MerkleFrontier;
import dev.heed.out.AuditHead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Grows the tree over one partition of a log again and compares it with each head on the way. That one tree has the root
 * of every head at its size shows two things at once: that each record is in the trees, and that each head's tree begins
 * with that of the head before.
 */
public final class TreeCheck {
    private final String where;
    private final List<AuditHead> heads;
    private final List<String> problems = new ArrayList<>();
    private MerkleFrontier tree = MerkleFrontier.empty();
    private int nextHead;
    private long matched;
    private long matchedSize;
    private long matchedOffset = -1;
    private long lastOffset = -1;

    /** @param heads of this partition of the log, and of others, which are passed over */
    public TreeCheck(AuditedLog log, int partition, List<AuditHead> heads) {
        this.where = log.channel().baseName() + "-" + partition;
        this.heads = heads.stream()
                .filter(head -> head.getStage().equals(log.stage())
                        && head.getLog().equals(log.log())
                        && head.getPartition() == partition)
                .sorted(Comparator.comparingLong(AuditHead::getSize))
                .toList();
        compare();
    }

    /** Takes the next record. */
    public void read(RecordedLogs.Raw raw) {
        tree = tree.append(AuditedLog.leaf(raw.key(), raw.value()));
        lastOffset = raw.offset();
        compare();
    }

    private void compare() {
        for (; nextHead < heads.size() && heads.get(nextHead).getSize() <= tree.size(); nextHead++) {
            AuditHead head = heads.get(nextHead);
            String root = HexFormat.of().formatHex(tree.root());
            if (root.equals(head.getRoot())) {
                matched++;
                matchedSize = tree.size();
                matchedOffset = lastOffset;
            } else if (problems.isEmpty()) {
                problems.add(where + ": its first " + tree.size() + " records have the root " + root + " (expected: "
                        + head.getRoot() + ", as published): one after offset " + matchedOffset
                        + " and up to offset " + lastOffset + " was changed, removed, added or moved");
            }
        }
    }

    /** Says that the log ends here. */
    public void finish() {
        if (nextHead < heads.size()) {
            AuditHead head = heads.get(heads.size() - 1);
            problems.add(where + ": " + tree.size() + " records, the last at offset " + lastOffset
                    + " (expected: at least " + head.getSize() + ", as published)");
        }
    }

    /** Every way in which the log is not what its heads say; of many only the first, as all later roots are wrong too. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** How many heads the log bears out. */
    public long matched() {
        return matched;
    }

    /** Records under the largest head that the log bears out. */
    public long matchedSize() {
        return matchedSize;
    }

    /** Records read. */
    public long size() {
        return tree.size();
    }
}
