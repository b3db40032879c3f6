package dev.heed.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.simulator.Asked;
import dev.heed.simulator.Encounter;
import dev.heed.simulator.StudyBuddy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final String SENIOR = "senior-excellent-1";

    private final StudyBuddy world = new StudyBuddy(1, "t");
    private final Encounter encounter = world.encounter(0);
    private final String truth = Objects.requireNonNull(Asked.REFUSAL.truth(encounter));
    private final String lie = Asked.REFUSAL.classes().stream()
            .filter(each -> !each.equals(truth))
            .findFirst()
            .orElseThrow();

    @Test
    void aTieIsBrokenWhereTheLabelOfASeniorIsAmongTheLabels() {
        Judgment rightly = judged(truth, label("rev-good-1", truth), label("rev-good-2", lie), label(SENIOR, truth));
        Judgment wrongly = judged(lie, label("rev-good-1", truth), label("rev-good-2", lie), label(SENIOR, lie));
        Judgment without = judged(truth, label("rev-good-1", truth));

        Quality quality = Quality.of(world, List.of(rightly, wrongly, without));

        assertThat(quality.ties()).isEqualTo(2);
        assertThat(quality.tiesRight()).isEqualTo(1);
        assertThat(quality.accuracy()).isEqualTo(2 / 3.0);
        assertThat(quality.labelsEach()).isEqualTo(7 / 3.0);
    }

    @Test
    void whatNoPersonSaidAnythingOfIsNotCounted() {
        SubmittedLabel machine = label("guard-deep", truth);
        machine.setRaterKind(RaterKind.DETECTOR);

        assertThat(Quality.of(world, List.of(judged(truth, machine))))
                .isEqualTo(new Quality(0, null, null, null, 0, 0));
    }

    private Judgment judged(String className, SubmittedLabel... labels) {
        return Judgment.newBuilder()
                .setInteractionId(encounter.interaction().getInteractionId())
                .setQuestionId(Asked.REFUSAL.id())
                .setClassName(className)
                .setBeliefMicros(List.of())
                .setClasses(Asked.REFUSAL.classes())
                .setRevision(1)
                .setReason("")
                .setLabels(List.of(labels))
                .setLabelSetVersion(0)
                .setValueMicros(0)
                .setCostMicros(0)
                .setPropensityMicros(0)
                .setRubricVersion("")
                .setPolicyVersion(0)
                .setDecidedAtMs(0)
                .build();
    }

    private static SubmittedLabel label(String rater, String className) {
        return SubmittedLabel.newBuilder()
                .setLabelId("")
                .setRaterId(rater)
                .setRaterKind(RaterKind.HUMAN)
                .setClassName(className)
                .build();
    }
}
