package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Standings;
import dev.heed.core.NotUpgraded;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.state.ItemLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Labels come in for an item: new ones are added, a rater's later one replaces the earlier. */
final class Submission {
    private final Step step;
    private final LabelsSubmitted submitted;

    private Submission(Step step, LabelsSubmitted submitted) {
        this.step = step;
        this.submitted = submitted;
    }

    static void decide(Step step, LabelsSubmitted submitted) {
        new Submission(step, submitted).decide();
    }

    private void decide() {
        Optional<List<String>> classes = Classes.find(step, submitted.getQuestionId());
        if (classes.isEmpty() || !propensityIsPossible() || !classesAreKnown(classes.get())) {
            return;
        }
        ItemLabels before = HeldLabels.read(
                step.state(),
                submitted.getQuestionId(),
                submitted.getInteractionId(),
                classes.get().size());
        List<SubmittedLabel> held = before.getHeld();
        List<String> setAside = new ArrayList<>();
        String last = null;
        for (SubmittedLabel label : submitted.getLabels()) {
            if (!HeldLabels.knows(before, label.getLabelId()) && !HeldLabels.holds(held, label.getLabelId())) {
                SubmittedLabel known = asKnown(label);
                if (isSuspended(known)) {
                    setAside.add(known.getLabelId());
                    held = HeldLabels.withoutRater(held, known.getRaterId());
                } else {
                    held = HeldLabels.with(held, known);
                }
                last = label.getLabelId();
            }
        }
        if (last == null) {
            step.ignoreDuplicate();
        } else if (held.size() > HeldLabels.MAX_PER_ITEM) {
            step.refuse(
                    "too_many_labels",
                    "interaction " + submitted.getInteractionId() + " would hold " + held.size()
                            + " labels (expected: at most " + HeldLabels.MAX_PER_ITEM + ")");
        } else {
            change(classes.get(), before, held, last).emit(step, setAside);
        }
    }

    private boolean isSuspended(SubmittedLabel label) {
        return Standings.isSuspended(step.state(), submitted.getQuestionId(), label.getRaterKind(), label.getRaterId());
    }

    private ItemChange change(List<String> classes, ItemLabels before, List<SubmittedLabel> held, String causedBy) {
        return new ItemChange(
                submitted.getQuestionId(),
                submitted.getInteractionId(),
                classes,
                before,
                held,
                weight(before, held),
                before.getGoldClass(),
                before.getGoldRubricVersion(),
                causedBy);
    }

    /** The weight is fixed when the item comes to be seen by a human: that is the choice the propensity is about. */
    private long weight(ItemLabels before, List<SubmittedLabel> held) {
        boolean seenFirst = HeldLabels.humans(before.getHeld()) == 0 && HeldLabels.humans(held) > 0;
        if (!seenFirst) {
            return before.getWeightMicros();
        }
        long inverse = Micros.ONE * Micros.ONE / submitted.getPropensityMicros();
        return Math.min(inverse, step.policy().getMaxRaterMatrixWeightMicros());
    }

    private boolean propensityIsPossible() {
        long propensity = submitted.getPropensityMicros();
        boolean possible = propensity > 0 && propensity <= Micros.ONE;
        if (!possible) {
            step.refuse(
                    "propensity_out_of_range",
                    "propensity_micros: " + propensity + " (expected: 1 to " + Micros.ONE + ")");
        }
        return possible;
    }

    private boolean classesAreKnown(List<String> classes) {
        for (int i = 0; i < submitted.getLabels().size(); i++) {
            String said = submitted.getLabels().get(i).getClassName();
            if (!Classes.hold(step, classes, "labels[" + i + "].class_name", said)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The label under what the rater's own profile says of the vendor and of the kind of machine, where there is one. A
     * person's label took a slot of its item and a machine's took none, whatever a profile has said since.
     */
    private SubmittedLabel asKnown(SubmittedLabel label) {
        RaterProfile profile = step.state().get(CalibrationKeys.rater(label.getRaterId()), RaterProfile.class);
        RaterKind known = profile == null ? label.getRaterKind() : profile.getKind();
        if (known == RaterKind.UNKNOWN) {
            throw new NotUpgraded("rater " + label.getRaterId() + " is of a kind this version does not know");
        }
        boolean bothMachines = known != RaterKind.HUMAN && label.getRaterKind() != RaterKind.HUMAN;
        RaterKind kind = bothMachines ? known : label.getRaterKind();
        String group =
                label.getVendorGroup().isEmpty() && profile != null ? profile.getVendorGroup() : label.getVendorGroup();
        if (kind == label.getRaterKind() && group.equals(label.getVendorGroup())) {
            return label;
        }
        return SubmittedLabel.newBuilder(label)
                .setRaterKind(kind)
                .setVendorGroup(group)
                .build();
    }
}
