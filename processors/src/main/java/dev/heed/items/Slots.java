package dev.heed.items;

import dev.heed.core.Rubrics;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Question;
import dev.heed.state.HeldLabel;
import dev.heed.state.HeldVerdict;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one question of an item: labels of people that count, and leases, are together at most max_raters, and what
 * appeals and one senior have added.
 */
public final class Slots {
    private Slots() {}

    /** Labels that count. */
    public static int counted(ItemQuestion held) {
        int counted = 0;
        for (HeldLabel each : held.getRaters()) {
            counted += each.getStatus() == LabelStatus.COUNTED ? 1 : 0;
        }
        return counted;
    }

    /** Labels that count, and leases. */
    public static int used(ItemQuestion held) {
        return counted(held) + held.getLeases().size();
    }

    /** Hand-outs still to come under the request that stands. */
    public static int due(ItemQuestion held) {
        return Math.max(0, held.getWanted());
    }

    /**
     * Slots left for anybody, those an appeal has added among them, and not the one that is kept for a senior; below 0 when
     * a policy has lowered max_raters meanwhile.
     */
    public static int free(Question question, ItemQuestion held) {
        return question.getMaxRaters() + held.getExtraSlots() - used(held) - (awaitsSenior(held) ? 1 : 0);
    }

    /** Slots beyond max_raters that are in use. */
    public static int beyond(Question question, ItemQuestion held) {
        return Math.max(0, used(held) - question.getMaxRaters());
    }

    /** Whether a slot is kept for a senior: one is asked, and none is at work or has a label that counts. */
    public static boolean awaitsSenior(ItemQuestion held) {
        HeldLabel said = of(held, held.getSeniorRater());
        return held.getSeniorOpen()
                && leaseOf(held, held.getSeniorRater()) == null
                && (said == null || said.getStatus() != LabelStatus.COUNTED);
    }

    /** What the rater said, if anything. */
    public static @Nullable HeldLabel of(ItemQuestion held, String raterId) {
        for (HeldLabel each : held.getRaters()) {
            if (each.getLabel().getRaterId().equals(raterId)) {
                return each;
            }
        }
        return null;
    }

    /** Whether a label no longer stands, so that a lease for its rater is none too many. */
    public static boolean mayAnswerAgain(HeldLabel said) {
        return said.getStatus() == LabelStatus.WITHDRAWN || said.getStatus() == LabelStatus.SUPERSEDED;
    }

    /** Whether labels that count were given under a rubric that is superseded; calibration is about to set them aside. */
    public static boolean holdsSuperseded(Question question, ItemQuestion held) {
        return held.getRaters().stream()
                .anyMatch(each -> each.getStatus() == LabelStatus.COUNTED
                        && !Rubrics.comparable(question, each.getLabel().getRubricVersion()));
    }

    /** The lease the rater holds, if any. */
    public static @Nullable LeaseGranted leaseOf(ItemQuestion held, String raterId) {
        for (LeaseGranted each : held.getLeases()) {
            if (each.getRaterId().equals(raterId)) {
                return each;
            }
        }
        return null;
    }

    /** Whether the rater may have a view of their own already, so that an open appeal is not for them. */
    public static boolean hasSeen(ItemQuestion held, String raterId) {
        return held.getAppeal() != null && held.getAppeal().getSeenRaters().contains(raterId);
    }

    /** Whether the rater has proposed what the question is about. */
    public static boolean isOwnProposal(ItemQuestion held, String raterId) {
        return held.getProposal() != null && held.getProposal().getRaterId().equals(raterId);
    }

    /** All who must not be asked: they answered or appealed, proposed what is judged, or hold a lease. Sorted. */
    public static List<String> excluded(ItemQuestion held) {
        TreeSet<String> excluded = new TreeSet<>();
        for (HeldLabel each : held.getRaters()) {
            // Whoever took a label back is not bothered again; whoever answered another rubric is asked by this one.
            if (each.getStatus() != LabelStatus.SUPERSEDED) {
                excluded.add(each.getLabel().getRaterId());
            }
        }
        held.getLeases().forEach(lease -> excluded.add(lease.getRaterId()));
        if (held.getAppeal() != null) {
            excluded.addAll(held.getAppeal().getSeenRaters());
        }
        if (held.getProposal() != null) {
            excluded.add(held.getProposal().getRaterId());
        }
        return new ArrayList<>(excluded);
    }

    /** The tasks of the leases the item knows of, sorted. */
    static List<String> leasedTasks(ItemQuestion held) {
        return held.getLeases().stream().map(LeaseGranted::getTaskId).sorted().toList();
    }

    /** What detectors and judges said, sorted by rater id; without what was said under a superseded rubric. */
    public static List<SubmittedLabel> verdicts(Question question, ItemQuestion held) {
        return held.getVerdicts().stream()
                .map(HeldVerdict::getLabel)
                .filter(label -> Rubrics.comparable(question, label.getRubricVersion()))
                .toList();
    }

    /** The first {@code limit} labels of people that count, in order of arrival. */
    public static List<SubmittedLabel> countedLabels(ItemQuestion held, int limit) {
        List<SubmittedLabel> labels = new ArrayList<>();
        for (HeldLabel each : held.getRaters()) {
            if (each.getStatus() == LabelStatus.COUNTED && labels.size() < limit) {
                labels.add(each.getLabel());
            }
        }
        return labels;
    }
}
