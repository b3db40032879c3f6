package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Vectors;
import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Krippendorff;
import dev.heed.state.ItemLabels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be said of the labels an item holds. */
final class HeldLabels {
    /** Most labels of one item; each further label would cost work for all of them. */
    static final int MAX_PER_ITEM = Krippendorff.MAX_UNIT;
    /** Most ids of replaced or withdrawn labels that an item remembers. */
    static final int MAX_RETIRED = 64;

    private HeldLabels() {}

    static ItemLabels read(StateReader state, String questionId, String interactionId, int classes) {
        ItemLabels item = state.get(CalibrationKeys.item(questionId, interactionId), ItemLabels.class);
        return item == null ? none(classes) : item;
    }

    /** An item that holds nothing. */
    static ItemLabels none(int classes) {
        return new ItemLabels(List.of(), Vectors.toList(new long[classes]), 0L, 0L, null, List.of(), List.of(), 0, "");
    }

    /** Whether the item counts: a human has labelled it, or its answer is known. */
    static boolean counts(ItemLabels item) {
        return item.getGoldClass() != null || humans(item.getHeld()) > 0;
    }

    static boolean holdsAnything(ItemLabels item) {
        return item.getGoldClass() != null || !item.getHeld().isEmpty();
    }

    /**
     * What raters are scored by: the known answer, or what people alone say of the item. If machines had a part in it,
     * those that agree would bear each other out, and people who see what machines miss would be held to be wrong.
     */
    static List<Long> truth(ItemLabels item) {
        return item.getPeopleMicros().isEmpty() ? item.getBeliefMicros() : item.getPeopleMicros();
    }

    static List<SubmittedLabel> ofPeople(List<SubmittedLabel> labels) {
        return labels.stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .toList();
    }

    static int humans(List<SubmittedLabel> labels) {
        int humans = 0;
        for (SubmittedLabel label : labels) {
            humans += label.getRaterKind() == RaterKind.HUMAN ? 1 : 0;
        }
        return humans;
    }

    /** Whether the label is held, or was and no longer is. */
    static boolean knows(ItemLabels item, String labelId) {
        return holds(item.getHeld(), labelId) || item.getRetiredLabelIds().contains(labelId);
    }

    static boolean holds(List<SubmittedLabel> labels, String labelId) {
        for (SubmittedLabel label : labels) {
            if (label.getLabelId().equals(labelId)) {
                return true;
            }
        }
        return false;
    }

    /** The labels with this one added last, in place of an earlier one by the same rater. */
    static List<SubmittedLabel> with(List<SubmittedLabel> labels, SubmittedLabel added) {
        List<SubmittedLabel> after = new ArrayList<>(labels);
        after.removeIf(label -> label.getRaterId().equals(added.getRaterId()));
        after.add(added);
        return after;
    }

    static List<SubmittedLabel> withoutRater(List<SubmittedLabel> labels, String raterId) {
        return labels.stream()
                .filter(label -> !label.getRaterId().equals(raterId))
                .toList();
    }

    static List<SubmittedLabel> without(List<SubmittedLabel> labels, String labelId) {
        return labels.stream()
                .filter(label -> !label.getLabelId().equals(labelId))
                .toList();
    }

    /** The item without those of its labels that are not in the list. */
    static ItemLabels keepingOnly(ItemLabels item, List<SubmittedLabel> held) {
        Set<String> ids = ids(held);
        return new ItemLabels(
                item.getHeld().stream()
                        .filter(label -> ids.contains(label.getLabelId()))
                        .toList(),
                item.getBeliefMicros(),
                item.getWeightMicros(),
                item.getLabelSetVersion(),
                item.getGoldClass(),
                item.getRetiredLabelIds(),
                item.getPeopleMicros(),
                item.getRubricEpoch(),
                item.getGoldRubricVersion());
    }

    /** What of the item is counted: nothing when the question has begun anew since it was. */
    static ItemLabels counted(ItemLabels item, int rubricEpoch, int classes) {
        return item.getRubricEpoch() == rubricEpoch ? item : none(classes);
    }

    /** The item after a move. */
    static ItemLabels after(ItemLabels before, BeliefMove move, int rubricEpoch) {
        Set<String> ids = ids(move.getCounted());
        List<String> retired = new ArrayList<>(before.getRetiredLabelIds());
        for (SubmittedLabel label : before.getHeld()) {
            if (!ids.contains(label.getLabelId())) {
                retired.add(label.getLabelId());
            }
        }
        for (String labelId : move.getSetAsideLabelIds()) {
            if (!retired.contains(labelId)) {
                retired.add(labelId);
            }
        }
        return new ItemLabels(
                move.getCounted(),
                move.getBeliefMicros(),
                move.getWeightMicros(),
                move.getLabelSetVersion(),
                move.getGoldClass(),
                List.copyOf(retired.subList(Math.max(0, retired.size() - MAX_RETIRED), retired.size())),
                move.getPeopleMicros(),
                rubricEpoch,
                move.getGoldRubricVersion());
    }

    private static Set<String> ids(List<SubmittedLabel> labels) {
        Set<String> ids = new HashSet<>();
        labels.forEach(label -> ids.add(label.getLabelId()));
        return ids;
    }
}
