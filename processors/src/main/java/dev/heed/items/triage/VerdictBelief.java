package dev.heed.items.triage;

import dev.heed.core.Rubrics;
import dev.heed.items.Models;
import dev.heed.math.Belief;
import dev.heed.policy.Question;
import dev.heed.state.HeldVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The belief before any label of a person: the class prior and the verdicts of detectors and judges, where those of one
 * vendor share a vote because they err together.
 */
final class VerdictBelief {
    private VerdictBelief() {}

    static double[] of(Question question, Models models, List<HeldVerdict> verdicts) {
        // A verdict for a class that a later policy took away says nothing, nor does one under a superseded rubric.
        List<HeldVerdict> speaking = verdicts.stream()
                .filter(verdict -> question.getClasses()
                                .contains(verdict.getLabel().getClassName())
                        && Rubrics.comparable(question, verdict.getLabel().getRubricVersion()))
                .toList();
        Map<String, Integer> perVendor = new HashMap<>();
        for (HeldVerdict verdict : speaking) {
            perVendor.merge(verdict.getLabel().getVendorGroup(), 1, Integer::sum);
        }
        List<double[][]> matrices = new ArrayList<>();
        int[] said = new int[speaking.size()];
        double[] votes = new double[speaking.size()];
        for (int i = 0; i < said.length; i++) {
            String vendor = speaking.get(i).getLabel().getVendorGroup();
            matrices.add(models.detector(speaking.get(i).getLabel().getRaterId()));
            said[i] = question.getClasses().indexOf(speaking.get(i).getLabel().getClassName());
            votes[i] = vendor.isEmpty() ? 1.0 : 1.0 / perVendor.getOrDefault(vendor, 1);
        }
        return Belief.posterior(models.prior(), matrices, said, votes);
    }
}
