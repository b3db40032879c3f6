package dev.heed.queues;

import dev.heed.core.StateReader;
import dev.heed.event.RaterProfile;
import dev.heed.event.RaterStatus;
import dev.heed.journal.RaterStanding;
import dev.heed.state.QueueBucket;
import dev.heed.state.QueueGold;
import dev.heed.state.QueueGoldSeen;
import dev.heed.state.QueueGoldTurn;
import dev.heed.state.QueueLanes;
import dev.heed.state.QueueLease;
import dev.heed.state.QueuePrice;
import dev.heed.state.QueueRater;
import dev.heed.state.QueueStaff;
import dev.heed.state.QueueTask;
import dev.heed.state.QueueTaskRef;
import dev.heed.state.QueueThinning;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads what is known of one pool. Whoever asks for more than {@link #exists} must know that it does. */
public record QueueReader(StateReader state, String pool) {
    private static final QueueRater UNSEEN = new QueueRater(List.of(), 0, 0L, 0L, "", 0, 0L, List.of(), 0L);

    /** True once the pool had its first event in this partition. */
    public boolean exists() {
        return state.get(QueueKeys.bucket(pool), QueueBucket.class) != null;
    }

    public QueueBucket bucket() {
        return held(QueueKeys.bucket(pool), QueueBucket.class);
    }

    public QueuePrice price() {
        return held(QueueKeys.price(pool), QueuePrice.class);
    }

    public QueueLanes lanes() {
        return held(QueueKeys.lanes(pool), QueueLanes.class);
    }

    public QueueStaff staff() {
        return held(QueueKeys.staff(pool), QueueStaff.class);
    }

    public QueueThinning thinning() {
        return held(QueueKeys.thinning(pool), QueueThinning.class);
    }

    public @Nullable QueueTask task(String interactionId, String questionId) {
        return state.get(QueueKeys.task(pool, interactionId, questionId), QueueTask.class);
    }

    /** The task that an index names. */
    public QueueTask task(QueueTaskRef ref) {
        return held(QueueKeys.task(pool, ref.getInteractionId(), ref.getQuestionId()), QueueTask.class);
    }

    public @Nullable QueueLease lease(String taskId) {
        return state.get(QueueKeys.lease(pool, taskId), QueueLease.class);
    }

    /** The gold item as the shelf has it, or null. */
    public @Nullable QueueGold gold(String questionId, String interactionId) {
        return state.get(QueueKeys.gold(pool, questionId, interactionId), QueueGold.class);
    }

    /** That a rater was served a gold item, or null. */
    public @Nullable QueueGoldSeen goldSeen(String questionId, String interactionId, String raterId) {
        return state.get(QueueKeys.goldSeen(pool, questionId, interactionId, raterId), QueueGoldSeen.class);
    }

    /** How many gold items of the question the rater was served. */
    public int goldServed(String questionId, String raterId) {
        QueueGoldTurn turn = state.get(QueueKeys.goldTurn(pool, questionId, raterId), QueueGoldTurn.class);
        return turn == null ? 0 : turn.getServed();
    }

    public @Nullable RaterProfile profile(String raterId) {
        return state.get(QueueKeys.profile(raterId), RaterProfile.class);
    }

    /** How the rater stands on a question, as calibration last said, or null. */
    public @Nullable RaterStatus status(String raterId, String questionId) {
        RaterStanding standing = state.get(QueueKeys.standing(raterId, questionId), RaterStanding.class);
        return standing == null ? null : standing.getStatus();
    }

    /** The rater as the pool knows them, also when it never heard of them. */
    public QueueRater rater(String raterId) {
        QueueRater rater = state.get(QueueKeys.rater(pool, raterId), QueueRater.class);
        return rater == null ? UNSEEN : rater;
    }

    private <T extends SpecificRecord> T held(String key, Class<T> type) {
        T record = state.get(key, type);
        if (record == null) {
            throw new IllegalStateException(
                    type.getSimpleName() + " of pool " + pool + ": none (expected: one, as the pool exists)");
        }
        return record;
    }
}
