package dev.heed;

import dev.heed.event.FeedbackKind;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;

/** Small policies for tests: only what the stage under test looks at differs. */
public final class Policies {
    private Policies() {}

    public static Policy of(int version, Question... questions) {
        return Policy.newBuilder()
                .setEventId("policy-" + version)
                .setPolicyVersion(version)
                .setName("test")
                .setOccurredAtMs(0)
                .setQuestions(List.of(questions))
                .setPools(List.of())
                .setEscalationLevels(List.of())
                .setExplorationMicros(50_000)
                .setNoveltyHalfLifeMs(3_600_000)
                .setHoldoutMicros(100_000)
                .build();
    }

    /** A question whose wrong answers all cost the same. */
    public static Question question(String id, List<String> classes) {
        List<LossRow> loss = new ArrayList<>();
        for (int action = 0; action < classes.size(); action++) {
            List<Long> losses = new ArrayList<>();
            for (int truth = 0; truth < classes.size(); truth++) {
                losses.add(action == truth ? 0L : 1_000_000L);
            }
            loss.add(new LossRow(classes.get(action), losses));
        }
        return Question.newBuilder()
                .setQuestionId(id)
                .setClasses(classes)
                .setKind(FeedbackKind.LABEL)
                .setLoss(loss)
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(5)
                .setLookAhead(3)
                .setPool("pool")
                .setRubricVersion("1")
                .build();
    }
}
