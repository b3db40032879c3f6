package dev.heed.intake.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.core.Levels;
import dev.heed.policy.Policy;
import dev.heed.policy.StageLevel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Levels that a policy asks for, of a code that can no longer do level 1 of items. */
class PolicyLevelsTest {
    private final PolicyShape shape = new PolicyShape(Map.of("items", new Levels(2, 3), "queues", new Levels(1, 2)));

    @Test
    void aLevelThatIsGoneIsRefusedAlsoWhereItIsAskedForByLeavingTheStageOut() {
        assertThat(problems()).contains("decision_levels: none for items, which is 1 (expected: 2 to 3)");
        assertThat(problems(new StageLevel("items", 1)))
                .contains("decision_levels[0].level: 1 (expected: 2 to 3)")
                .doesNotContain("none for items");
        assertThat(problems(new StageLevel("items", 4), new StageLevel("queues", 0)))
                .contains("decision_levels[0].level: 4 (expected: 2 to 3)")
                .contains("decision_levels[1].level: 0 (expected: 1 to 2)");
    }

    @Test
    void aStageThatCanDoLevelOneNeedsNoName() {
        assertThat(problems(new StageLevel("items", 2))).doesNotContain("decision_levels");
    }

    private String problems(StageLevel... levels) {
        Policy policy = Policies.of(1);
        policy.setDecisionLevels(List.of(levels));
        Problems problems = new Problems();
        shape.check(policy, problems);
        return problems.toString();
    }
}
