package dev.heed.items.rows;

import dev.heed.event.RowCause;
import dev.heed.items.Slots;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.state.HeldLabel;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a row changed, for programs: from the stage's words, and for a revised judgment from what became of its labels. */
final class RowCauses {
    private static final String RUBRIC = "rubric";

    private RowCauses() {}

    /**
     * @param cause the stage's words
     * @param last the row's last delta; null for the first
     */
    static RowCause of(String cause, ItemQuestion held, @Nullable Delta last) {
        if (cause.startsWith(RUBRIC)) {
            return RowCause.RUBRIC_SUPERSEDED;
        }
        return switch (cause) {
            case Rows.JUDGED -> RowCause.JUDGED;
            case Rows.REVISED -> last == null ? RowCause.JUDGMENT_REVISED : labels(held, last);
            case Rows.GRANTED -> RowCause.CONSENT_GRANTED;
            case Rows.WITHDRAWN -> RowCause.CONSENT_WITHDRAWN;
            case Rows.ERASED -> RowCause.ERASURE;
            case Rows.GOLD -> RowCause.GOLD;
            case Rows.POLICY -> RowCause.POLICY_CHANGED;
            case Rows.PROPOSAL_REPLACED -> RowCause.PROPOSAL_REPLACED;
            case Rows.SUSPENDED -> RowCause.RATER_SUSPENDED;
            case Rows.STANDING -> RowCause.RATER_STANDING;
            case Rows.ROOM -> RowCause.ROOM;
            case Rows.PROPOSAL_WITHDRAWN -> RowCause.PROPOSAL_WITHDRAWN;
            case Rows.APPEAL + "overturned" -> RowCause.APPEAL_OVERTURNED;
            default -> cause.startsWith(Rows.APPEAL) ? RowCause.APPEAL_DECIDED : RowCause.JUDGMENT_REVISED;
        };
    }

    /** What became of the labels behind the row; where several things did, the one that weighs most. */
    private static RowCause labels(ItemQuestion held, Delta last) {
        List<String> behind = last.getProvenance().getEventIds();
        boolean withdrawn = false;
        boolean revised = false;
        for (String raterId : last.getProvenance().getRaterIds()) {
            HeldLabel label = Slots.of(held, raterId);
            if (label == null) {
                continue;
            }
            boolean same = behind.contains(label.getLabel().getLabelId());
            if (same && label.getStatus() == LabelStatus.KEPT) {
                return RowCause.RATER_SUSPENDED;
            }
            withdrawn |= label.getStatus() == LabelStatus.WITHDRAWN;
            revised |= !same && label.getStatus() != LabelStatus.WITHDRAWN;
        }
        if (withdrawn) {
            return RowCause.LABEL_WITHDRAWN;
        }
        if (revised) {
            return RowCause.LABEL_REVISED;
        }
        return added(held.getJudgment(), behind) ? RowCause.LABEL_ADDED : RowCause.JUDGMENT_REVISED;
    }

    private static boolean added(@Nullable Judgment judgment, List<String> behind) {
        return judgment != null
                && judgment.getLabels().stream().anyMatch(label -> !behind.contains(label.getLabelId()));
    }
}
