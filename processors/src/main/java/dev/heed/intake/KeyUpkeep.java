package dev.heed.intake;

import dev.heed.core.Keys;
import dev.heed.core.Outgoing;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.out.PseudonymKey;
import dev.heed.pseudonym.KnownKeys;
import dev.heed.pseudonym.Split;
import dev.heed.state.PseudonymUpkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the tree of keys what leads to the old name of an erased subject, and now and then writes everything anew, in
 * the order of its keys: when something was written would tell when a subject was erased, and so which one it was.
 *
 * <p>Nodes are written by one task of the loop alone, and only once the process has read the last split. Two writers, or one
 * that knows less than was written, would make a node known again that was given up. Leaves are written by the task that
 * takes in what the subject says, from its own store.
 */
final class KeyUpkeep {
    /** Nodes split at one tick; each is at most 64 records. */
    static final int SPLITS_PER_TICK = 8;
    /** Records written anew at one tick, of leaves and of nodes each. */
    static final int AGAIN_PER_TICK = 64;

    private static final String STATE_KEY = "pseudonym-upkeep";

    private final KnownKeys known;
    private final boolean writesNodes;
    private final long periodMs;
    /** Whether leaves are being written since the task's start, or were. */
    private boolean started;

    /**
     * @param writesNodes true for one task of the loop
     * @param periodMs from one round in which everything is written anew to the next, in milliseconds, from 1
     */
    KeyUpkeep(KnownKeys known, boolean writesNodes, long periodMs) {
        this.known = known;
        this.writesNodes = writesNodes;
        this.periodMs = periodMs;
    }

    /** What is to be written at a tick. */
    List<Outgoing> at(State state, long nowMs) {
        PseudonymUpkeep before = state.get(STATE_KEY, PseudonymUpkeep.class);
        PseudonymUpkeep last = before == null ? new PseudonymUpkeep(0L, nowMs, null, null) : before;
        boolean begins = last.getLeavesAfter() == null
                && last.getNodesAfter() == null
                && nowMs - last.getRoundAtMs() >= periodMs;
        // At a start too: the topic may have come from a backup that does not hold them all.
        String leavesAfter = begins || !started ? "" : last.getLeavesAfter();
        started = true;
        String nodesAfter = begins && writesNodes ? "" : last.getNodesAfter();
        List<Outgoing> due = new ArrayList<>();
        long splits = last.getSplits();
        if (writesNodes && known.hasRead(splits)) {
            // What is written anew goes before the splits, which may give it up.
            nodesAfter = again(nodesAfter == null ? null : known.again(nodesAfter, AGAIN_PER_TICK), due);
            splits = split(splits, due);
        }
        leavesAfter = again(leavesAfter == null ? null : leaves(state, leavesAfter, nowMs - periodMs), due);
        PseudonymUpkeep after =
                new PseudonymUpkeep(splits, begins ? nowMs : last.getRoundAtMs(), leavesAfter, nodesAfter);
        if (!after.equals(before)) {
            state.put(STATE_KEY, after);
        }
        return due;
    }

    private long split(long made, List<Outgoing> due) {
        List<Split> splits = known.due(SPLITS_PER_TICK);
        splits.forEach(each -> due.addAll(each.records(known)));
        if (!splits.isEmpty()) {
            due.add(KnownKeys.splitsMade(made + splits.size()));
        }
        return made + splits.size();
    }

    /** Adds the records, and returns where to go on, or null at the end. */
    private static @Nullable String again(@Nullable List<Outgoing> records, List<Outgoing> due) {
        if (records == null || records.isEmpty()) {
            return null;
        }
        due.addAll(records);
        return records.get(records.size() - 1).key();
    }

    private List<Outgoing> leaves(State state, String after, long forgetMs) {
        List<Outgoing> records = new ArrayList<>();
        List<StateReader.Entry<PseudonymKey>> leaves = state.withPrefixAfter(
                Keys.prefix(SubjectNames.LEAF), Keys.of(SubjectNames.LEAF, after), PseudonymKey.class, AGAIN_PER_TICK);
        for (StateReader.Entry<PseudonymKey> each : leaves) {
            Outgoing record = known.rewrapped(Keys.lastPart(each.key()), each.value(), forgetMs);
            state.put(each.key(), Objects.requireNonNull(record.value()));
            records.add(record);
        }
        return records;
    }
}
