package dev.heed.queues.handout;

import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.policy.Pool;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueEndedLease;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueTask;
import org.jspecify.annotations.Nullable;

/** A rater at one moment, and what of a pool's tasks they may take then. */
record Candidate(String raterId, RaterProfile profile, QueueRater rater) {
    /** The rater, or null when the pool may not ask them. */
    static @Nullable Candidate of(QueueReader queue, String raterId) {
        RaterProfile profile = queue.profile(raterId);
        if (profile == null
                || !profile.getActive()
                || profile.getKind() != RaterKind.HUMAN
                || !profile.getPools().contains(queue.pool())) {
            return null;
        }
        return new Candidate(raterId, profile, queue.rater(raterId));
    }

    /** Tasks the rater would take now: as many as awaited, within capacity. */
    int room() {
        return Math.max(
                0,
                Math.min(
                        rater.getWantedTasks(),
                        profile.getCapacity() - rater.getLeases().size()));
    }

    /** True when the rater may be handed the task, whatever it costs. */
    boolean suits(QueueTask task, Pool pool, long nowMs) {
        String language = task.getWanted().getLanguage();
        String skill = task.getWanted().getSkill();
        return (skill.isEmpty() || profile.getSkills().contains(skill))
                && (language.isEmpty()
                        || profile.getLanguages().isEmpty()
                        || profile.getLanguages().contains(language))
                && !task.getWanted().getExcludedRaters().contains(raterId)
                && !task.getAnswered().contains(raterId)
                && !holdsLeaseOn(task.getWanted().getInteractionId())
                && !endedLately(task, pool, nowMs);
    }

    private boolean holdsLeaseOn(String interactionId) {
        return rater.getLeases().stream()
                .anyMatch(lease -> lease.getInteractionId().equals(interactionId));
    }

    private boolean endedLately(QueueTask task, Pool pool, long nowMs) {
        for (QueueEndedLease ended : task.getEnded()) {
            if (ended.getRaterId().equals(raterId) && nowMs - ended.getEndedAtMs() < pool.getRetryAfterMs()) {
                return true;
            }
        }
        return false;
    }
}
