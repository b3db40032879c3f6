package dev.heed.items.observations;

import dev.heed.core.Feature;
import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.DriftKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.RewardRecorded;
import dev.heed.fact.SignalRecorded;
import dev.heed.journal.SignalAccepted;
import dev.heed.policy.Policy;
import dev.heed.state.HeldReward;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Keeps the scores of the reward models that the policy watches, the last one of each per item. */
public final class Rewards implements Feature {
    @Override
    public void decide(Step step) {
        for (SignalRecorded recorded : step.facts(SignalRecorded.class)) {
            SignalAccepted signal = recorded.getSignal();
            if (signal.getInteractionId() != null
                    && signal.getScoreMicros() != null
                    && isReward(step.policy(), signal.getDetectorId())) {
                step.emit(
                        new RewardRecorded(signal.getInteractionId(), signal.getDetectorId(), signal.getScoreMicros()));
            }
        }
    }

    private static boolean isReward(Policy policy, String detectorId) {
        return policy.getQuestions().stream()
                .flatMap(question -> question.getPressures().stream())
                .anyMatch(rule -> rule.getKind() == DriftKind.PROXY_REWARD
                        && rule.getDetectorId().equals(detectorId));
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RewardRecorded recorded) {
            state.put(
                    key(recorded.getInteractionId(), recorded.getDetectorId()),
                    new HeldReward(recorded.getScoreMicros()));
        }
    }

    /** The score in micros, or null when none has come. */
    static @Nullable Long micros(StateReader state, String interactionId, String detectorId) {
        HeldReward held = state.get(key(interactionId, detectorId), HeldReward.class);
        return held == null ? null : held.getScoreMicros();
    }

    private static String key(String interactionId, String detectorId) {
        return Keys.of("reward", interactionId, detectorId);
    }
}
