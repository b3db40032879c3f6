package dev.heed.queues.handout;

import dev.heed.core.FirstStatus;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RaterStatus;
import dev.heed.journal.GoldOffered;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.queues.QueueReader;
import dev.heed.state.QueueEndedLease;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueTask;
import org.jspecify.annotations.Nullable;

/** A rater at one moment, and what of a pool's tasks they may take then. */
record Candidate(Policy policy, QueueReader queue, String raterId, RaterProfile profile, QueueRater rater) {
    /** The rater, or null when the pool may not ask them. */
    static @Nullable Candidate of(Policy policy, QueueReader queue, String raterId) {
        RaterProfile profile = queue.profile(raterId);
        if (profile == null
                || !profile.getActive()
                || profile.getKind() != RaterKind.HUMAN
                || !profile.getPools().contains(queue.pool())) {
            return null;
        }
        return new Candidate(policy, queue, raterId, profile, queue.rater(raterId));
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
        return isAble(task.getWanted().getSkill(), task.getWanted().getLanguage())
                && isTrusted(task.getWanted().getQuestionId())
                && !task.getWanted().getExcludedRaters().contains(raterId)
                && !task.getAnswered().contains(raterId)
                && !holdsLeaseOn(task.getWanted().getInteractionId())
                && !endedLately(task, pool, nowMs);
    }

    /** True when the rater may be served the gold item: they read it, and have not seen it. */
    boolean suits(GoldOffered offered) {
        String interactionId = offered.getInteractionId();
        if (!isAble(offered.getSkill(), offered.getLanguage())
                || offered.getExcludedRaters().contains(raterId)
                || queue.goldSeen(offered.getQuestionId(), interactionId, raterId) != null
                || holdsLeaseOn(interactionId)) {
            return false;
        }
        QueueTask task = queue.task(interactionId, offered.getQuestionId());
        return task == null
                || (!task.getAnswered().contains(raterId)
                        && task.getEnded().stream()
                                .noneMatch(ended -> ended.getRaterId().equals(raterId)));
    }

    /** How the rater stands on the question. */
    RaterStatus status(Question question) {
        RaterStatus said = queue.status(raterId, question.getQuestionId());
        return said == null ? FirstStatus.of(policy, question) : said;
    }

    private boolean isTrusted(String questionId) {
        return queue.status(raterId, questionId) != RaterStatus.SUSPENDED;
    }

    private boolean isAble(String skill, String language) {
        return (skill.isEmpty() || profile.getSkills().contains(skill))
                && (language.isEmpty()
                        || profile.getLanguages().isEmpty()
                        || profile.getLanguages().contains(language));
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
