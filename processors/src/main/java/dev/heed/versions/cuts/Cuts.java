package dev.heed.versions.cuts;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.fact.CutCollected;
import dev.heed.fact.DatasetCut;
import dev.heed.fact.FactHeader;
import dev.heed.fact.VersionSealed;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.SealedVersion;
import dev.heed.out.DatasetVersion;
import dev.heed.state.CollectedCut;
import dev.heed.state.LatestVersion;
import dev.heed.state.OpenSeal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes a version of a seal when every partition of items has cut, and never before. Each partition cuts the seals of a
 * dataset in their order, so a seal is complete no later than those after it; one that is older than the latest version
 * cannot come, and would be refused.
 */
public final class Cuts implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof DatasetCut cut)) {
            return;
        }
        if (cut.getDataset() == Dataset.UNKNOWN) {
            throw new NotUpgraded("seal " + cut.getEventId() + " is of a dataset this version does not know");
        }
        LatestVersion latest = latest(step.state(), cut.getDataset());
        if (latest != null && cut.getSequence() <= latest.getSequence()) {
            step.refuse(
                    "seal_superseded",
                    "seal " + cut.getSequence() + " of " + DatasetNames.of(cut.getDataset()) + " (expected: above "
                            + latest.getSequence() + ", that of version " + latest.getVersion() + ")");
            return;
        }
        OpenSeal open = open(step.state(), cut);
        if (open.getSeen().contains(cut.getCut().getPartition())) {
            step.ignoreDuplicate();
            return;
        }
        step.emit(new CutCollected(cut));
        if (open.getSeen().size() + 1 == cut.getPartitions()) {
            step.emit(new VersionSealed(Versions.of(collected(step.state(), cut), latest)));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof CutCollected collected) {
            DatasetCut cut = collected.getCut();
            OpenSeal open = open(state, cut);
            List<Integer> seen = new ArrayList<>(open.getSeen());
            seen.add(cut.getCut().getPartition());
            seen.sort(null);
            long since = open.getSeen().isEmpty() ? header.getTimeMs() : open.getFirstCutMs();
            state.put(
                    SealKeys.open(cut.getDataset(), cut.getSequence()),
                    new OpenSeal(cut.getEventId(), cut.getPartitions(), seen, since, open.getOverdue()));
            state.put(
                    SealKeys.cut(
                            cut.getDataset(), cut.getSequence(), cut.getCut().getPartition()),
                    new CollectedCut(cut));
        } else if (fact instanceof VersionSealed sealed) {
            close(state, sealed.getVersion());
        }
    }

    private static void close(State state, DatasetVersion version) {
        Dataset dataset = DatasetNames.find(version.getDataset()).orElseThrow();
        version.getCuts()
                .forEach(cut -> state.delete(SealKeys.cut(dataset, version.getSequence(), cut.getPartition())));
        state.delete(SealKeys.open(dataset, version.getSequence()));
        state.put(SealKeys.latest(dataset), new LatestVersion(version.getVersion(), version.getSequence()));
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof VersionSealed sealed) {
            DatasetVersion version = sealed.getVersion();
            out.send(Channel.DATASET_VERSIONS, version.getDataset(), version);
            String name = DatasetNames.version(version.getDataset(), version.getVersion());
            SealedVersion told = new SealedVersion(name, version.getRoot(), version.getSealedAtMs());
            out.multicast(
                    Channel.GATES_JOURNAL,
                    name,
                    GatesEvent.newBuilder().setSealedVersion(told).build());
        }
    }

    private static List<DatasetCut> collected(StateReader state, DatasetCut cut) {
        return state
                .withPrefix(SealKeys.cuts(cut.getDataset(), cut.getSequence()), CollectedCut.class, cut.getPartitions())
                .stream()
                .map(each -> each.value().getCut())
                .toList();
    }

    private static OpenSeal open(StateReader state, DatasetCut cut) {
        OpenSeal open = state.get(SealKeys.open(cut.getDataset(), cut.getSequence()), OpenSeal.class);
        return open == null ? new OpenSeal(cut.getEventId(), cut.getPartitions(), List.of(), 0L, false) : open;
    }

    private static @Nullable LatestVersion latest(StateReader state, Dataset dataset) {
        return state.get(SealKeys.latest(dataset), LatestVersion.class);
    }
}
