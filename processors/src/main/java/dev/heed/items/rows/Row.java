package dev.heed.items.rows;

import dev.heed.event.Dataset;
import dev.heed.event.RowCause;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.ConsentDecided;
import dev.heed.items.Items;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.Part;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.out.Provenance;
import dev.heed.state.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A row as it is to stand. */
record Row(Dataset dataset, Item item, Judgment judgment, ConsentDecided consent, Split split, Answers answers) {

    String id() {
        return Items.publicKey(judgment.getInteractionId(), judgment.getQuestionId()) + "|"
                + dataset.name().toLowerCase(Locale.ROOT)
                + (answers.name().isEmpty() ? "" : "|" + answers.name());
    }

    /** Whether the row that stands has the same text, class and side. */
    boolean isSameAs(Delta last) {
        return hash().equals(last.getRowHash()) && split == last.getSplit();
    }

    Delta delta(RowOp op, int revision, String cause, RowCause causeKind, long nowMs) {
        return new Delta(
                id(),
                dataset,
                op,
                revision,
                judgment.getInteractionId(),
                judgment.getQuestionId(),
                judgment.getClassName(),
                split,
                item.getInteraction().getPromptPart().getContentKey(),
                answers.chosen().getContentKey(),
                answers.rejected() == null ? null : answers.rejected().getContentKey(),
                hash(),
                cause,
                provenance(),
                nowMs,
                answers.good(),
                answers.critique() == null ? null : answers.critique().getContentKey(),
                item.getInteraction().getPromptCluster(),
                causeKind);
    }

    /** SHA-256 over what the row says; the parts' own hashes are keyed, so it tells nothing about their text. */
    private String hash() {
        MessageDigest digest = sha256();
        for (String each : List.of(
                dataset.name(),
                item.getInteraction().getPromptPart().getContentHash(),
                answers.chosen().getContentHash(),
                hash(answers.rejected()),
                judgment.getClassName())) {
            digest.update(each.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        if (answers.critique() != null) {
            digest.update(hash(answers.critique()).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String hash(@Nullable Part part) {
        return part == null ? "" : part.getContentHash();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Provenance provenance() {
        InteractionAccepted interaction = item.getInteraction();
        List<String> eventIds = new ArrayList<>(List.of(interaction.getEventId()));
        TreeSet<String> raterIds = new TreeSet<>();
        if (answers.proposal() != null) {
            eventIds.add(answers.proposal().getProposalId());
            raterIds.add(answers.proposal().getRaterId());
        }
        for (SubmittedLabel label : judgment.getLabels()) {
            eventIds.add(label.getLabelId());
            raterIds.add(label.getRaterId());
        }
        List<CandidateFeatures> candidates = interaction.getCandidates();
        return new Provenance(
                eventIds,
                new ArrayList<>(raterIds),
                judgment.getRevision(),
                answers.beliefMicros(),
                judgment.getPolicyVersion(),
                judgment.getRubricVersion(),
                consent.getEpoch(),
                candidates.stream().map(CandidateFeatures::getModelId).toList(),
                candidates.stream().map(CandidateFeatures::getModelVersion).toList(),
                candidates.stream().map(CandidateFeatures::getTemplateVersion).toList());
    }
}
