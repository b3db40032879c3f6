package dev.heed.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.StageTrial;
import dev.heed.calibration.CalibrationStage;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.PolicyInstalled;
import dev.heed.out.DeadLetter;
import dev.heed.policy.Policy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A stage to which policies come. */
class PolicyVersionsTest {
    private final StageTrial stage = new StageTrial(CalibrationStage.create());

    @Test
    void aSecondPolicyUnderAVersionIsRefusedByName() {
        stage.sendPublic("policies", policy(3, 50_000));
        assertThat(stage.sendPublic("policies", policy(3, 60_000)))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> {
                    assertThat(refused.getReasonCode()).isEqualTo("policy_version_taken");
                    assertThat(refused.getReason())
                            .isEqualTo("policy_version: 3 is that of another policy, which stays as it was published"
                                    + " (expected: a version of its own, above 3)");
                });
        DeadLetter letter = (DeadLetter)
                Objects.requireNonNull(stage.sent(Channel.DEAD_LETTERS).get(0).value());
        assertThat(letter.getReasonCode()).isEqualTo("policy_version_taken");
        assertThat(letter.getSource().getOffset()).isEqualTo(1);
        assertThat(inForce().getExplorationMicros()).isEqualTo(50_000);
        stage.checkReplay();
    }

    @Test
    void theSameAgainIsADuplicateWhoeverPublishesIt() {
        Policy policy = policy(3, 50_000);
        stage.sendPublic("policies", policy);
        assertThat(stage.sendPublic("policies", policy)).hasOnlyElementsOfType(DuplicateIgnored.class);
        Policy later = policy(3, 50_000);
        later.setEventId("published-again");
        later.setOccurredAtMs(77);
        assertThat(stage.sendPublic("policies", later)).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(stage.facts(PolicyInstalled.class)).hasSize(1);
        stage.checkReplay();
    }

    @Test
    void theHighestVersionWins() {
        stage.sendPublic("policies", policy(3, 50_000));
        assertThat(stage.sendPublic("policies", policy(2, 60_000))).isEmpty();
        assertThat(stage.sendPublic("policies", policy(4, 60_000))).hasOnlyElementsOfType(PolicyInstalled.class);
        assertThat(inForce().getPolicyVersion()).isEqualTo(4);
    }

    private Policy inForce() {
        List<PolicyInstalled> installed = stage.facts(PolicyInstalled.class);
        return installed.get(installed.size() - 1).getPolicy();
    }

    private static Policy policy(int version, long explorationMicros) {
        Policy policy = Policies.of(version);
        policy.setExplorationMicros(explorationMicros);
        return policy;
    }
}
