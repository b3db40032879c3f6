package dev.heed.calibration.labels;

import dev.heed.calibration.Matrices;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Belief;
import java.util.List;

/** The belief that labels give, each with the vote its rater has. */
final class Votes {
    private Votes() {}

    /**
     * The belief after the labels, in their order of arrival; of no labels it is the class prior. Where machines have
     * spoken the prior is that of all items, else that of the items that people came to see.
     */
    static double[] posterior(List<SubmittedLabel> labels, List<String> classes, Matrices matrices) {
        double[][] columns = new double[labels.size()][];
        double[] votes = new double[labels.size()];
        boolean people = true;
        for (int i = 0; i < columns.length; i++) {
            SubmittedLabel label = labels.get(i);
            int said = classes.indexOf(label.getClassName());
            columns[i] = matrices.saying(label.getRaterKind(), label.getRaterId(), said);
            votes[i] = 1.0 / sharing(labels, label);
            people &= label.getRaterKind() == RaterKind.HUMAN;
        }
        return Belief.posterior(people ? matrices.classPrior() : matrices.populationPrior(), columns, votes);
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
