package dev.heed.calibration.labels;

import dev.heed.calibration.Matrices;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Belief;
import java.util.ArrayList;
import java.util.List;

/** The belief that labels give, each with the vote its rater has. */
final class Votes {
    private Votes() {}

    /** The belief after the labels, in their order of arrival; of no labels it is the class prior. */
    static double[] posterior(List<SubmittedLabel> labels, List<String> classes, Matrices matrices) {
        List<double[][]> said = new ArrayList<>(labels.size());
        int[] indexes = new int[labels.size()];
        double[] votes = new double[labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            SubmittedLabel label = labels.get(i);
            said.add(matrices.of(label.getRaterKind(), label.getRaterId()));
            indexes[i] = classes.indexOf(label.getClassName());
            votes[i] = 1.0 / sharing(labels, label);
        }
        return Belief.posterior(matrices.classPrior(), said, indexes, votes);
    }

    /** How many labels share one vote with this one, itself included: machines of one vendor are not independent. */
    static long sharing(List<SubmittedLabel> labels, SubmittedLabel label) {
        if (!sharesVote(label)) {
            return 1;
        }
        return labels.stream()
                .filter(Votes::sharesVote)
                .filter(other -> other.getVendorGroup().equals(label.getVendorGroup()))
                .count();
    }

    private static boolean sharesVote(SubmittedLabel label) {
        return label.getRaterKind() != RaterKind.HUMAN
                && !label.getVendorGroup().isEmpty();
    }
}
