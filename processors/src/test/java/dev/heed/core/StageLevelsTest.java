package dev.heed.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.Policies;
import dev.heed.StageTrial;
import dev.heed.event.PairedResult;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GatesFact;
import dev.heed.fact.PolicyInstalled;
import dev.heed.journal.GatesEvent;
import dev.heed.policy.Policy;
import dev.heed.policy.StageLevel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stage whose code can do the levels 2 and 3, and no longer 1. */
class StageLevelsTest {
    private final StageTrial stage = new StageTrial(new Stage(
            "gates",
            Channel.GATES_JOURNAL,
            GatesEvent.getClassSchema(),
            Channel.GATES_FACTS,
            GatesFact.getClassSchema(),
            2,
            3,
            Set.of(),
            List.of()));

    @Test
    void aPolicyThatAsksForALevelTheCodeNoLongerHasStopsTheStage() {
        assertThatThrownBy(() -> stage.sendPublic("policy", Policies.of(1)))
                .as("a stage that is not named is asked for level 1")
                .isInstanceOf(NotUpgraded.class)
                .hasMessage("policy 1 asks stage gates for decision level 1 (expected: at least 2; run the version"
                        + " before until a policy that asks for it is in force everywhere)");
        assertThat(inForce()).isNull();

        assertThat(stage.sendPublic("policy", asking(2, 2))).hasOnlyElementsOfType(PolicyInstalled.class);
        assertThat(stage.tickAfter(1_000)).isEmpty();
        assertThatThrownBy(() -> stage.sendPublic("policy", asking(3, 1))).isInstanceOf(NotUpgraded.class);
        assertThat(inForce()).isEqualTo(asking(2, 2));

        assertThat(stage.sendPublic("policy", asking(4, 3))).hasOnlyElementsOfType(PolicyInstalled.class);
        assertThatThrownBy(() -> stage.sendPublic("policy", asking(5, 4)))
                .isInstanceOf(NotUpgraded.class)
                .hasMessageContaining("for decision level 4 (expected: at most 3;");
        assertThat(inForce()).isEqualTo(asking(4, 3));
    }

    @Test
    void aPolicyThatIsInForceSinceAnEarlierVersionStopsTheStageAtTheNextRecord() {
        stage.state().put(StageRunner.POLICY_KEY, asking(7, 1));

        assertThatThrownBy(() -> stage.tickAfter(1_000))
                .isInstanceOf(NotUpgraded.class)
                .hasMessageStartingWith("policy 7 asks stage gates for decision level 1 (expected: at least 2;");
        assertThat(stage.sendPublic("policy", asking(8, 2)))
                .as("what follows is decided as the next one asks")
                .hasOnlyElementsOfType(PolicyInstalled.class);
    }

    @Test
    void aPolicyThatLosesToOneInForceAsksForNothing() {
        stage.sendPublic("policy", asking(2, 2));
        assertThat(stage.sendPublic("policy", asking(1, 1))).isEmpty();
    }

    @Test
    void beforeTheFirstPolicyTimePasses() {
        assertThat(stage.tickAfter(1_000)).isEmpty();
        assertThat(stage.sendPublic("c", result())).hasOnlyElementsOfType(EventRefused.class);
        assertThat(stage.sendPublic("policy", asking(1, 2))).hasOnlyElementsOfType(PolicyInstalled.class);
        stage.checkReplay();
    }

    private static PairedResult result() {
        return PairedResult.newBuilder()
                .setEventId("result-1")
                .setCandidateId("c")
                .setSlice("s")
                .setCluster("k")
                .setDifferenceMicros(0L)
                .setOccurredAtMs(0)
                .build();
    }

    private @Nullable Policy inForce() {
        return stage.state().get(StageRunner.POLICY_KEY, Policy.class);
    }

    private static Policy asking(int version, int level) {
        Policy policy = Policies.of(version);
        policy.setDecisionLevels(List.of(new StageLevel("gates", level)));
        return policy;
    }
}
