package dev.heed.simulator;

import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A language model that reads answers with the rules in hand.
 *
 * @param id its id, as a rater's
 * @param share share of the interactions that it is shown
 * @param accuracy how often it is right, by the question it answers
 */
record SimulatedJudge(String id, double share, Map<Asked, Double> accuracy) {
    /** StudyBuddy's: it knows the rules, and is easily taken in by a friendly tone. */
    static final SimulatedJudge RULES =
            new SimulatedJudge("judge-rules", .5, Map.of(Asked.VIOLATION, .92, Asked.HONESTY, .6));

    /** What it says of an encounter, question by question. */
    List<Feedback> opinions(long seed, String run, Encounter encounter) {
        List<Feedback> said = new ArrayList<>();
        for (Asked asked : Asked.values()) {
            Draw draw = Draw.of(seed, "judge", id, asked.id(), encounter.number());
            Double right = accuracy.get(asked);
            if (right == null || !draw.happens(share)) {
                continue;
            }
            String truth = Objects.requireNonNull(asked.truth(encounter), asked.id());
            List<String> wrong =
                    asked.classes().stream().filter(each -> !each.equals(truth)).toList();
            said.add(Feedback.newBuilder()
                    .setEventId("opinion-" + run + "-" + encounter.number() + "-" + asked.id())
                    .setInteractionId(encounter.interaction().getInteractionId())
                    .setQuestionId(asked.id())
                    .setRaterId(id)
                    .setRaterKind(RaterKind.AI_JUDGE)
                    .setKind(FeedbackKind.LABEL)
                    .setClassName(draw.happens(right) ? truth : draw.pick(wrong))
                    .setOccurredAtMs(0)
                    .build());
        }
        return said;
    }
}
