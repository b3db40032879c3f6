package dev.heed.calibration.labels;

import dev.heed.calibration.Matrices;
import dev.heed.calibration.Vectors;
import dev.heed.core.Step;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.BradleyTerry;
import dev.heed.math.Micros;
import dev.heed.policy.Question;
import java.util.List;

/**
 * How strong the candidates of an item are by its rankings: Bradley–Terry over the pairs that each ranking stands for,
 * which weigh 1/(k − 1) times the reliability of its rater. They are computed anew from what the item holds, so a
 * ranking taken back leaves no trace.
 */
final class Strengths {
    /** Most rounds of one fit. The ties that all start from make it converge long before. */
    private static final int MAX_ROUNDS = 2_000;

    // Below what a strength is rounded to.
    private static final double TOLERANCE = 1e-9;

    private Strengths() {}

    /** The strengths in micros, one million in all; empty when nobody has ranked. */
    static List<Long> of(Step step, String questionId, List<SubmittedLabel> held, Matrices matrices) {
        List<SubmittedLabel> rankings =
                held.stream().filter(label -> !label.getRanking().isEmpty()).toList();
        if (rankings.isEmpty()) {
            return List.of();
        }
        int k = matrices.classes();
        double[][] wins = ties(k, priorMicros(step, questionId));
        for (SubmittedLabel ranking : rankings) {
            double weight = matrices.reliability(ranking.getRaterKind(), ranking.getRaterId());
            add(wins, ranking.getRanking(), weight / Votes.sharing(held, ranking));
        }
        BradleyTerry.Fit fit = BradleyTerry.fit(wins, MAX_ROUNDS, TOLERANCE);
        return Vectors.toList(Micros.simplex(
                fit.strengths().stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Without ties to begin with, one ranking alone would make its last candidate infinitely weak. */
    private static double[][] ties(int k, long priorMicros) {
        return BradleyTerry.winsOfRanking(new int[k], Micros.toDouble(priorMicros));
    }

    /** Who is named beats all who come later or are not named; of those not named nothing is known. */
    private static void add(double[][] wins, List<Integer> ranking, double weight) {
        boolean[] placed = new boolean[wins.length];
        for (int better : ranking) {
            placed[better] = true;
            for (int other = 0; other < wins.length; other++) {
                if (!placed[other]) {
                    wins[better][other] += weight / (wins.length - 1);
                }
            }
        }
    }

    private static long priorMicros(Step step, String questionId) {
        return step.policy().getQuestions().stream()
                .filter(question -> question.getQuestionId().equals(questionId))
                .findFirst()
                .map(Question::getRankingPriorMicros)
                .orElse(Micros.ONE);
    }
}
