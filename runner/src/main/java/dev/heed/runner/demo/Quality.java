package dev.heed.runner.demo;

import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.simulator.Asked;
import dev.heed.simulator.StudyBuddy;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How judgments compare with the truth.
 *
 * @param judged judgments with at least one human label
 * @param accuracy share of them that are true
 * @param majority share that a majority of the same human labels gets right; ties go to the first class
 * @param labelsEach human labels per judgment
 * @param ties judgments that rest on a senior's label too, who is asked when the others have not settled an item
 * @param tiesRight how many of those are true
 */
record Quality(
        long judged,
        @Nullable Double accuracy,
        @Nullable Double majority,
        @Nullable Double labelsEach,
        int ties,
        int tiesRight) {

    static Quality of(StudyBuddy world, Collection<Judgment> judgments) {
        long judged = 0;
        long right = 0;
        long majorityRight = 0;
        long labels = 0;
        int ties = 0;
        int tiesRight = 0;
        for (Judgment judgment : judgments) {
            String truth = truth(world, judgment);
            Map<String, Integer> votes = humanVotes(judgment);
            if (truth == null || votes.isEmpty()) {
                continue;
            }
            int isRight = judgment.getClassName().equals(truth) ? 1 : 0;
            judged++;
            right += isRight;
            majorityRight += majority(judgment, votes).equals(truth) ? 1 : 0;
            labels += votes.values().stream().mapToInt(Integer::intValue).sum();
            if (judgment.getLabels().stream().anyMatch(label -> world.isSenior(label.getRaterId()))) {
                ties++;
                tiesRight += isRight;
            }
        }
        return new Quality(
                judged, share(right, judged), share(majorityRight, judged), share(labels, judged), ties, tiesRight);
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    private static @Nullable String truth(StudyBuddy world, Judgment judgment) {
        OptionalInt number = world.number(judgment.getInteractionId());
        Asked asked = Asked.byId(judgment.getQuestionId());
        return number.isEmpty() || asked == null ? null : asked.truth(world.encounter(number.getAsInt()));
    }

    private static Map<String, Integer> humanVotes(Judgment judgment) {
        Map<String, Integer> votes = new TreeMap<>();
        for (SubmittedLabel label : judgment.getLabels()) {
            if (label.getRaterKind() == RaterKind.HUMAN) {
                votes.merge(label.getClassName(), 1, Integer::sum);
            }
        }
        return votes;
    }

    private static String majority(Judgment judgment, Map<String, Integer> votes) {
        String winner = judgment.getClasses().get(0);
        for (String each : judgment.getClasses()) {
            if (votes.getOrDefault(each, 0) > votes.getOrDefault(winner, 0)) {
                winner = each;
            }
        }
        return winner;
    }
}
