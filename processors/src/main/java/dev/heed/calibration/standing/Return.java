package dev.heed.calibration.standing;

import dev.heed.calibration.Standings;
import dev.heed.core.Keys;
import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.Reinstate;
import dev.heed.journal.ActionAccepted;
import dev.heed.policy.RaterTrust;
import dev.heed.state.RaterTrack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A suspended rater begins anew: when the rule's time is over, or because a person says so. */
final class Return {
    private Return() {}

    /** @param dueKey of the suspension whose time is over */
    static void decide(Step step, String dueKey) {
        String[] parts = Keys.parts(dueKey);
        RaterKind kind = RaterKind.valueOf(parts[3]);
        RaterTrust rule = rule(step, StandingFeature.track(step.state(), parts[2], kind, parts[4]));
        step.emit(new Change(step, rule, parts[2], kind, parts[4]).returned(Change.SUSPENSION_OVER, null, null));
    }

    static void decide(Step step, ActionAccepted action, Reinstate reinstate) {
        String questionId = reinstate.getQuestionId();
        RaterTrack track = suspended(step, reinstate);
        if (track == null) {
            step.refuse(
                    "not_suspended",
                    "rater_id: " + reinstate.getRaterId() + " on " + questionId + " (expected: a suspended rater)");
        } else {
            RaterKind kind = track.getStanding().getKind();
            step.emit(new Change(step, rule(step, track), questionId, kind, reinstate.getRaterId())
                    .returned(Change.REINSTATED, action.getActor(), action.getEventId()));
        }
    }

    /** The rule in force, or the one the rater was suspended under when a policy has none any more. */
    private static RaterTrust rule(Step step, RaterTrack track) {
        RaterTrust rule = Standings.rule(step.policy(), track.getStanding().getQuestionId());
        return rule != null
                ? rule
                : RaterTrust.newBuilder()
                        .setRequiredAccuracyMicros(track.getGold().getRequiredMicros())
                        .setAlphaMicros(track.getGold().getAlphaMicros())
                        .build();
    }

    private static @Nullable RaterTrack suspended(Step step, Reinstate reinstate) {
        for (RaterKind kind : List.of(RaterKind.HUMAN, RaterKind.AI_JUDGE)) {
            RaterTrack track = Standings.find(step.state(), reinstate.getQuestionId(), kind, reinstate.getRaterId());
            if (track != null && StandingFeature.isSuspended(track)) {
                return track;
            }
        }
        return null;
    }
}
