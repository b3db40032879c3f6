package dev.heed.subjects.seals;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.fact.FactHeader;
import dev.heed.fact.FanOutFinished;
import dev.heed.fact.SealForwarded;
import dev.heed.fact.SealHeld;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.SealMarker;
import dev.heed.journal.SealRequested;
import dev.heed.journal.Tick;
import dev.heed.state.HeldSeal;
import dev.heed.state.OpenFanOut;
import dev.heed.subjects.SubjectKeys;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Sends a seal on to every partition of items once all that was said before it has been carried there. What a fan-out
 * sends goes the same way as the marker, so it arrives first; a seal that finds a fan-out under way therefore waits for it,
 * and only for those that began before the seal. Seals keep their order.
 */
public final class Seals implements Feature {
    /** Most seals that go on in one step; those behind them go on at the next tick. */
    static final int MAX_PER_STEP = 8;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof SealRequested seal) {
            if (seal.getDataset() == Dataset.UNKNOWN) {
                throw new NotUpgraded("seal " + seal.getEventId() + " is of a dataset this version does not know");
            }
            boolean free = firstOpen(step.state()) == Long.MAX_VALUE
                    && step.state()
                            .withPrefix(SubjectKeys.heldSeals(), HeldSeal.class, 1)
                            .isEmpty();
            step.emit(free ? new SealForwarded(seal) : new SealHeld(seal));
        } else if (step.event() instanceof Tick
                || !step.facts(FanOutFinished.class).isEmpty()) {
            release(step);
        }
    }

    private static void release(Step step) {
        List<StateReader.Entry<HeldSeal>> held =
                step.state().withPrefix(SubjectKeys.heldSeals(), HeldSeal.class, MAX_PER_STEP);
        if (held.isEmpty()) {
            return;
        }
        String first = SubjectKeys.heldSeal(firstOpen(step.state()));
        for (StateReader.Entry<HeldSeal> each : held) {
            if (each.key().compareTo(first) > 0) {
                return;
            }
            step.emit(new SealForwarded(each.value().getSeal()));
        }
    }

    /** Where the oldest fan-out under way began; the largest number when there is none. */
    private static long firstOpen(StateReader state) {
        List<StateReader.Entry<OpenFanOut>> open = state.withPrefix(SubjectKeys.openFanOuts(), OpenFanOut.class, 1);
        return open.isEmpty()
                ? Long.MAX_VALUE
                : SubjectKeys.startedOffset(open.get(0).key());
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof SealHeld held) {
            state.put(SubjectKeys.heldSeal(header.getJournalOffset()), new HeldSeal(held.getSeal()));
        } else if (fact instanceof SealForwarded forwarded) {
            // Held seals go on in their order, so it is the first, or none.
            for (StateReader.Entry<HeldSeal> each : state.withPrefix(SubjectKeys.heldSeals(), HeldSeal.class, 1)) {
                if (each.value().getSeal().equals(forwarded.getSeal())) {
                    state.delete(each.key());
                }
            }
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof SealForwarded forwarded) {
            SealRequested seal = forwarded.getSeal();
            for (int partition = 0; partition < seal.getPartitions(); partition++) {
                ItemsEvent event = new ItemsEvent();
                event.setSeal(new SealMarker(
                        seal.getEventId(),
                        seal.getDataset(),
                        seal.getSequence(),
                        seal.getPartition(),
                        partition,
                        seal.getPartitions()));
                out.sendTo(Channel.ITEMS_JOURNAL, partition, DatasetNames.of(seal.getDataset()), event);
            }
        }
    }
}
