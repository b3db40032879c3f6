package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.SubjectsFact;
import dev.heed.journal.ConsentAccepted;
import dev.heed.journal.SealRequested;
import dev.heed.journal.SubjectsEvent;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.versions.SealedRows;
import dev.heed.versions.StandingRows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Each version is what the log of deltas holds up to its cuts; versions of a dataset are numbered without gaps, each after
 * its parent and in the order of their seals; and no version holds a row whose subject had withdrawn training, or
 * keeping, before the seal came to the subject's partition, unless its item had heard of a later grant when it was cut.
 */
public final class VersionsAreCausalCuts implements Guarantee {
    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        Map<Dataset, DatasetVersion> latest = new EnumMap<>(Dataset.class);
        Map<String, String> subjects = subjects(logs);
        for (LogView.Logged logged : logs.records(Channel.DATASET_VERSIONS)) {
            DatasetVersion version = (DatasetVersion) Objects.requireNonNull(logged.value());
            String name = version.getDataset() + "@" + version.getVersion();
            succession(name, version, latest, breaches);
            SealedRows rows = rows(logs, version);
            rows.problems().forEach(problem -> breaches.add(name + ": " + problem));
            Map<String, Ledger> ledgers = ledgersAt(logs, version);
            Map<String, Long> heard = heardAt(logs, version);
            for (Delta row : rows.rows().toList()) {
                long epoch = heard.getOrDefault(row.getInteractionId(), 0L);
                Ledger ledger = ledgers.getOrDefault(subjects.get(row.getInteractionId()), Ledger.SILENT);
                if (!ledger.mayTrain() && epoch <= ledger.epoch) {
                    breaches.add(name + ": row " + row.getRowId() + " was cut when its item had heard of consent epoch "
                            + epoch + ", and at the seal epoch " + ledger.epoch + " had withdrawn it");
                }
            }
        }
        return breaches;
    }

    private static void succession(
            String name, DatasetVersion version, Map<Dataset, DatasetVersion> latest, List<String> breaches) {
        Dataset dataset = DatasetNames.find(version.getDataset()).orElseThrow();
        DatasetVersion parent = latest.put(dataset, version);
        Integer expected = parent == null ? null : parent.getVersion();
        if (version.getVersion() != (expected == null ? 1 : expected + 1)
                || !Objects.equals(version.getParent(), expected)) {
            breaches.add(name + " has parent " + version.getParent() + " (expected: " + expected + ")");
        }
        if (parent != null && version.getSequence() <= parent.getSequence()) {
            breaches.add(
                    name + " is of seal " + version.getSequence() + " (expected: above " + parent.getSequence() + ")");
        }
    }

    private static SealedRows rows(LogView logs, DatasetVersion version) {
        SealedRows rows = new SealedRows(version, StandingRows.inMemory());
        for (LogView.Logged logged : logs.records(Channel.DATASET_LOG)) {
            rows.read(logged.partition(), (Delta) Objects.requireNonNull(logged.value()));
        }
        return rows;
    }

    private static Map<String, String> subjects(LogView logs) {
        Map<String, String> subjects = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            if (logged.value() instanceof ItemsFact fact && fact.getInteractionRecorded() != null) {
                var interaction = fact.getInteractionRecorded().getInteraction();
                subjects.put(interaction.getInteractionId(), interaction.getSubject());
            }
        }
        return subjects;
    }

    /** The newest consent that each item had heard of when its partition was cut. */
    private static Map<String, Long> heardAt(LogView logs, DatasetVersion version) {
        Map<String, Long> heard = new HashMap<>();
        Set<Integer> cut = new HashSet<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            if (!(logged.value() instanceof ItemsFact fact) || cut.contains(logged.partition())) {
                continue;
            }
            if (fact.getDatasetCut() != null
                    && fact.getDatasetCut().getSequence() == version.getSequence()
                    && DatasetNames.of(fact.getDatasetCut().getDataset()).equals(version.getDataset())) {
                cut.add(logged.partition());
            } else if (fact.getConsentApplied() != null) {
                ConsentDecided consent = fact.getConsentApplied().getConsent();
                heard.merge(consent.getInteractionId(), consent.getEpoch(), Math::max);
            }
        }
        return heard;
    }

    /** What each subject had said when the seal came to their partition. */
    private static Map<String, Ledger> ledgersAt(LogView logs, DatasetVersion version) {
        Map<Integer, Long> sealedAt = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.SUBJECTS_JOURNAL)) {
            SealRequested seal = logged.value() instanceof SubjectsEvent event ? event.getSeal() : null;
            if (seal != null
                    && seal.getSequence() == version.getSequence()
                    && DatasetNames.of(seal.getDataset()).equals(version.getDataset())) {
                sealedAt.put(logged.partition(), logged.offset());
            }
        }
        Map<String, Ledger> ledgers = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.SUBJECTS_FACTS)) {
            if (logged.value() instanceof SubjectsFact fact
                    && fact.getConsentRecorded() != null
                    && fact.getHeader().getJournalOffset() < sealedAt.getOrDefault(logged.partition(), 0L)) {
                ConsentAccepted said = fact.getConsentRecorded().getConsent();
                ledgers.computeIfAbsent(said.getSubject(), subject -> new Ledger())
                        .add(said, fact.getConsentRecorded().getEpoch());
            }
        }
        return ledgers;
    }

    /** What a subject has said so far; silence grants no training. */
    private static final class Ledger {
        static final Ledger SILENT = new Ledger();

        private long epoch;
        private boolean train;
        private boolean retain = true;

        void add(ConsentAccepted said, long newEpoch) {
            epoch = newEpoch;
            boolean grants = said.getKind() == ConsentKind.GRANT;
            train = said.getScopes().contains(ConsentScope.TRAIN) ? grants : train;
            retain = said.getScopes().contains(ConsentScope.RETAIN) ? grants : retain;
        }

        boolean mayTrain() {
            return train && retain;
        }
    }
}
