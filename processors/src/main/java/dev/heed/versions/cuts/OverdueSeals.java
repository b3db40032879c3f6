package dev.heed.versions.cuts;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.SealOverdue;
import dev.heed.journal.Tick;
import dev.heed.state.OpenSeal;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** Says of a seal that is not complete for long which partitions are missing. It stays open and is complete when they cut. */
public final class OverdueSeals implements Feature {
    /** After so long without the last cut a seal is overdue. */
    static final long OVERDUE_MS = 60_000;
    /** Most open seals looked at in one tick; the oldest of each dataset first. */
    static final int MAX_PER_TICK = 64;

    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof Tick)) {
            return;
        }
        for (StateReader.Entry<OpenSeal> each :
                step.state().withPrefix(SealKeys.open(), OpenSeal.class, MAX_PER_TICK)) {
            OpenSeal seal = each.value();
            if (!seal.getOverdue() && step.nowMs() - seal.getFirstCutMs() >= OVERDUE_MS) {
                List<Integer> missing = IntStream.range(0, seal.getPartitions())
                        .filter(partition -> !seal.getSeen().contains(partition))
                        .boxed()
                        .toList();
                step.emit(new SealOverdue(
                        SealKeys.dataset(each.key()), SealKeys.sequence(each.key()), seal.getEventId(), missing));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof SealOverdue overdue) {
            String key = SealKeys.open(overdue.getDataset(), overdue.getSequence());
            OpenSeal seal = Objects.requireNonNull(state.get(key, OpenSeal.class));
            state.put(
                    key,
                    new OpenSeal(seal.getEventId(), seal.getPartitions(), seal.getSeen(), seal.getFirstCutMs(), true));
        }
    }
}
