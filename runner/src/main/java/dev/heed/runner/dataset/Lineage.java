package dev.heed.runner.dataset;

import dev.heed.event.Dataset;
import dev.heed.event.DatasetNames;
import dev.heed.event.RowOp;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowClaim;
import dev.heed.out.DatasetVersion;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.out.PartitionCut;
import dev.heed.out.Provenance;
import dev.heed.runner.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a row comes from, all that happened to it, what it waits for, and the versions that hold it. */
final class Lineage {
    /** A change of the row and its number among its dataset's deltas in its partition, from 1. */
    private record Change(Delta delta, int partition, long number) {}

    private final List<Change> changes = new ArrayList<>();
    private final List<DatasetVersion> versions = new ArrayList<>();
    private final String rowId;
    private @Nullable Judgment judgment;
    private @Nullable RowClaim claim;

    private Lineage(String rowId) {
        this.rowId = rowId;
    }

    /**
     * Traces a row.
     *
     * @throws Failure when there never was one of this id
     */
    static Lineage of(RowHistory topics, String rowId) {
        Lineage lineage = new Lineage(rowId);
        Map<Integer, Map<Dataset, Long>> counts = new HashMap<>();
        topics.deltas((partition, delta) -> {
            long number = counts.computeIfAbsent(partition, p -> new EnumMap<>(Dataset.class))
                    .merge(delta.getDataset(), 1L, Long::sum);
            if (delta.getRowId().equals(rowId)) {
                lineage.changes.add(new Change(delta, partition, number));
            }
        });
        topics.claims(lineage::claim);
        if (lineage.changes.isEmpty() && lineage.claim == null) {
            throw new Failure(
                    rowId + ": no such row (expected: INTERACTION|QUESTION|DATASET, as in the log of deltas)");
        }
        if (!lineage.changes.isEmpty()) {
            lineage.trace(topics);
        }
        return lineage;
    }

    private void claim(ClaimChanged changed) {
        RowClaim now = changed.getClaim();
        RowClaim either = now == null ? changed.getFormer() : now;
        if (either != null && either.getRowId().equals(rowId)) {
            claim = now;
        }
    }

    private void trace(RowHistory topics) {
        Delta last = last();
        topics.versions(version -> {
            if (version.getDataset().equals(DatasetNames.of(last.getDataset())) && isIn(version)) {
                versions.add(version);
            }
        });
        topics.judgments(each -> {
            if (each.getInteractionId().equals(last.getInteractionId())
                    && each.getQuestionId().equals(last.getQuestionId())) {
                judgment = each;
            }
        });
    }

    private Delta last() {
        return changes.get(changes.size() - 1).delta();
    }

    /** Whether the last change before the version's cut let the row stand. */
    private boolean isIn(DatasetVersion version) {
        Delta standing = null;
        for (Change change : changes) {
            PartitionCut cut = version.getCuts().get(change.partition());
            if (change.number() <= cut.getDeltas()) {
                standing = change.delta();
            }
        }
        return standing != null && standing.getOp() != RowOp.RETRACT;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("row          " + rowId);
        if (!changes.isEmpty()) {
            Delta last = last();
            lines.add("interaction  " + last.getInteractionId());
            lines.add("question     " + last.getQuestionId());
            lines.add("dataset      " + DatasetNames.of(last.getDataset()) + ", " + last.getSplit());
        }
        changes.forEach(change -> describe(change.delta(), lines));
        if (claim != null && claim.getBlocker() != null) {
            lines.add("waits for    " + what(claim.getBlocker()));
        }
        if (judgment != null) {
            judgment.getLabels()
                    .forEach(label -> lines.add("label " + label.getLabelId() + "  " + label.getRaterId() + " ("
                            + label.getRaterKind() + ") said " + label.getClassName()));
        }
        List<String> names = versions.stream()
                .map(version -> DatasetNames.version(version.getDataset(), version.getVersion()))
                .toList();
        lines.add("versions     " + (names.isEmpty() ? "none" : String.join(", ", names)));
        return String.join("\n", lines) + "\n";
    }

    private static String what(RowBlocker blocker) {
        return switch (blocker.getBlock()) {
            case ASKED -> "its dataset's answer";
            case RATERS -> "labels by people of better standing";
            case DUPLICATE -> "the last row of a prompt like its own to go: " + blocker.getName();
            case CROWDED -> "fewer prompts that share a part of their hash: " + blocker.getName();
            case SOURCE -> "fewer rows of its source: " + blocker.getName();
            case CLASS -> "fewer rows of its class, or more of the others: " + blocker.getName();
            case ROW, UNKNOWN -> blocker.getBlock() + " " + blocker.getName();
        };
    }

    private static void describe(Delta delta, List<String> lines) {
        Provenance from = delta.getProvenance();
        lines.add("revision " + delta.getRevision() + "  " + delta.getOp() + " " + delta.getClassName() + ", "
                + delta.getCause() + ", " + Instant.ofEpochMilli(delta.getDecidedAtMs()));
        lines.add("  judgment revision " + from.getJudgmentRevision() + ", belief " + from.getBeliefMicros()
                + " micros, policy " + from.getPolicyVersion() + ", rubric " + from.getRubricVersion()
                + ", consent epoch " + from.getConsentEpoch());
        lines.add("  events " + String.join(", ", from.getEventIds()));
        lines.add("  raters " + String.join(", ", from.getRaterIds()));
        lines.add("  models " + String.join(", ", from.getModelIds()) + "; hash " + delta.getRowHash());
    }
}
