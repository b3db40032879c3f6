package dev.heed.calibration.rates;

import dev.heed.calibration.Matrices;
import dev.heed.calibration.StoredCounts;
import dev.heed.calibration.Vectors;
import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * What machines are held against: the known answer, or else the belief that the labels of people alone give. The item's
 * own belief would not do, because the machines have a part in it and would vouch for themselves.
 */
final class PeopleSay {
    private PeopleSay() {}

    /** Probability of each class in micros; empty as long as neither is there. */
    static List<Long> of(StateReader state, Policy policy, BeliefMove move, List<String> classes) {
        if (move.getGoldClass() != null) {
            return Vectors.toList(Belief.known(classes.size(), classes.indexOf(move.getGoldClass())));
        }
        Matrices matrices = Matrices.under(
                policy, move.getQuestionId(), new StoredCounts(state, move.getQuestionId(), classes.size()));
        List<double[][]> said = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (SubmittedLabel label : move.getCounted()) {
            if (label.getRaterKind() == RaterKind.HUMAN) {
                said.add(matrices.of(RaterKind.HUMAN, label.getRaterId()));
                indexes.add(classes.indexOf(label.getClassName()));
            }
        }
        if (said.isEmpty()) {
            return List.of();
        }
        int[] labels = indexes.stream().mapToInt(Integer::intValue).toArray();
        return Vectors.toList(Micros.simplex(Belief.posterior(matrices.classPrior(), said, labels)));
    }
}
