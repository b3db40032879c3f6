package dev.heed.items.seals;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Outbox;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.fact.DatasetCut;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RowChanged;
import dev.heed.fact.SealMarked;
import dev.heed.journal.SealMarker;
import dev.heed.journal.VersionsEvent;
import dev.heed.out.ClassCount;
import dev.heed.out.PartitionCut;
import dev.heed.state.DatasetLedger;
import dev.heed.state.RowCount;
import dev.heed.state.SealProgress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Cuts a dataset when the markers of all partitions of subjects have come: then every withdrawal that came before the
 * seal, anywhere, has been acted on here. What the cut says is kept with every delta, so a cut costs the same however
 * large the dataset is.
 */
public final class Seals implements Feature {
    /** Most classes, policies and rubrics that a cut lists, of each. */
    static final int MAX_LISTED = 1_024;

    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof SealMarker marker)) {
            return;
        }
        Dataset dataset = marker.getDataset();
        if (dataset == Dataset.UNKNOWN) {
            throw new NotUpgraded("seal " + marker.getEventId() + " is of a dataset this version does not know");
        }
        DatasetLedger ledger = Ledgers.find(step.state(), dataset);
        List<Integer> seen = seen(step.state(), marker);
        if (marker.getSequence() <= ledger.getCutSequence() || seen.contains(marker.getSubjectsPartition())) {
            step.ignoreDuplicate();
        } else if (seen.size() + 1 < marker.getPartitions()) {
            step.emit(new SealMarked(marker));
        } else {
            cut(step, marker, ledger);
        }
    }

    private static void cut(Step step, SealMarker marker, DatasetLedger ledger) {
        Dataset dataset = marker.getDataset();
        List<StateReader.Entry<RowCount>> classes = counts(step.state(), dataset, Ledgers.CLASSES);
        List<StateReader.Entry<RowCount>> policies = counts(step.state(), dataset, Ledgers.POLICIES);
        List<StateReader.Entry<RowCount>> rubrics = counts(step.state(), dataset, Ledgers.RUBRICS);
        int most = Math.max(classes.size(), Math.max(policies.size(), rubrics.size()));
        if (most > MAX_LISTED) {
            step.refuse(
                    "seal_too_large",
                    "dataset " + DatasetNames.of(dataset) + ": more than " + MAX_LISTED
                            + " classes, policies or rubrics (expected: at most so many of each)");
            return;
        }
        step.emit(new DatasetCut(
                marker.getEventId(),
                dataset,
                marker.getSequence(),
                marker.getPartitions(),
                new PartitionCut(
                        marker.getItemsPartition(),
                        ledger.getDeltas(),
                        HexFormat.of().formatHex(Ledgers.frontier(ledger).root()),
                        ledger.getRows(),
                        ledger.getHoldoutRows()),
                classes.stream()
                        .map(each -> new ClassCount(
                                Keys.lastPart(each.key()),
                                each.value().getRows(),
                                each.value().getHoldoutRows()))
                        .toList(),
                policies.stream()
                        .map(each -> Integer.parseInt(Keys.lastPart(each.key()), 16))
                        .toList(),
                rubrics.stream().map(each -> Keys.lastPart(each.key())).toList(),
                step.nowMs()));
    }

    private static List<StateReader.Entry<RowCount>> counts(StateReader state, Dataset dataset, String kind) {
        return Ledgers.counts(state, dataset, kind, MAX_LISTED + 1);
    }

    private static List<Integer> seen(StateReader state, SealMarker marker) {
        SealProgress progress = state.get(key(marker.getDataset(), marker.getSequence()), SealProgress.class);
        return progress == null ? List.of() : progress.getSeen();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RowChanged changed) {
            Ledgers.add(state, changed);
        } else if (fact instanceof SealMarked marked) {
            SealMarker marker = marked.getMarker();
            List<Integer> seen = new ArrayList<>(seen(state, marker));
            seen.add(marker.getSubjectsPartition());
            seen.sort(null);
            state.put(key(marker.getDataset(), marker.getSequence()), new SealProgress(seen));
        } else if (fact instanceof DatasetCut cut) {
            state.delete(key(cut.getDataset(), cut.getSequence()));
            DatasetLedger ledger = Ledgers.find(state, cut.getDataset());
            Ledgers.put(
                    state,
                    cut.getDataset(),
                    Records.with(ledger, changed -> changed.setCutSequence(cut.getSequence())));
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof DatasetCut cut) {
            VersionsEvent event = new VersionsEvent();
            event.setCut(cut);
            out.send(Channel.VERSIONS_JOURNAL, DatasetNames.of(cut.getDataset()), event);
        }
    }

    private static String key(Dataset dataset, long sequence) {
        return Keys.of("seal", dataset.name(), Keys.ascending(sequence));
    }
}
