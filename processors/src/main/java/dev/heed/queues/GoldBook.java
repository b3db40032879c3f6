package dev.heed.queues;

import dev.heed.core.Rubrics;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.journal.GoldOffered;
import dev.heed.policy.Question;
import dev.heed.state.QueueGold;
import dev.heed.state.QueueGoldSeen;
import dev.heed.state.QueueGoldTurn;
import dev.heed.state.QueueTaskRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps gold items together with their places on the shelf and with who has seen them. Nothing else writes these.
 *
 * <p>An item that has been served to as many raters as the policy lets it leaves the shelf, and what is known of it goes
 * with its last lease: it is never offered anew.
 */
public final class GoldBook {
    /** Most gold items of one question that any policy may have a pool keep. */
    public static final int MAX_SHELF = 1_000;

    private GoldBook() {}

    /** Puts the item on the shelf, or to its new place there. */
    public static void shelve(State state, GoldOffered offered, long order) {
        QueueReader queue = new QueueReader(state, offered.getPool());
        QueueGold known = queue.gold(offered.getQuestionId(), offered.getInteractionId());
        if (known != null) {
            state.delete(QueueKeys.shelfPlace(known));
        }
        put(state, new QueueGold(offered, order, known == null ? 0 : known.getExposures()));
    }

    /** Whether the item has left the shelf while somebody still holds it. */
    public static boolean isHeldOffShelf(QueueReader queue, GoldOffered offered) {
        String seenBy = QueueKeys.goldSeenBy(queue.pool(), offered.getQuestionId(), offered.getInteractionId());
        return queue.gold(offered.getQuestionId(), offered.getInteractionId()) == null
                && !queue.state().withPrefix(seenBy, QueueGoldSeen.class, 1).isEmpty();
    }

    /** Whether the item's answer is known under the rubric in force, or a comparable one. */
    public static boolean counts(@Nullable Question question, QueueGold gold) {
        GoldOffered offered = gold.getOffered();
        return !offered.getSetAside() && Rubrics.comparable(question, offered.getRubricVersion());
    }

    /** Takes the item off the shelf for good. */
    public static void remove(State state, String pool, String questionId, String interactionId) {
        QueueGold gold = new QueueReader(state, pool).gold(questionId, interactionId);
        if (gold == null) {
            return;
        }
        state.delete(QueueKeys.shelfPlace(gold));
        state.delete(QueueKeys.gold(pool, questionId, interactionId));
        for (StateReader.Entry<QueueGoldSeen> seen : state.withPrefix(
                QueueKeys.goldSeenBy(pool, questionId, interactionId), QueueGoldSeen.class, gold.getExposures())) {
            if (seen.value().getTaskId().isEmpty()) {
                state.delete(seen.key());
            }
        }
    }

    /** The item is served to a rater. */
    public static void serve(
            State state, String pool, String questionId, String interactionId, String raterId, String taskId) {
        QueueReader queue = new QueueReader(state, pool);
        QueueGold gold = Objects.requireNonNull(queue.gold(questionId, interactionId), "gold that is served");
        state.put(QueueKeys.goldSeen(pool, questionId, interactionId, raterId), new QueueGoldSeen(taskId));
        state.put(
                QueueKeys.goldTurn(pool, questionId, raterId),
                new QueueGoldTurn(queue.goldServed(questionId, raterId) + 1));
        put(state, new QueueGold(gold.getOffered(), gold.getShelfOrder(), gold.getExposures() + 1));
    }

    /** The rater's lease ended, answered or not: they have seen the item. */
    public static void end(State state, String pool, String questionId, String interactionId, String raterId) {
        String key = QueueKeys.goldSeen(pool, questionId, interactionId, raterId);
        if (new QueueReader(state, pool).gold(questionId, interactionId) == null) {
            state.delete(key);
        } else {
            state.put(key, new QueueGoldSeen(""));
        }
    }

    /** Task by which the rater holds the gold item, or null. */
    public static @Nullable String taskHeldBy(
            QueueReader queue, String questionId, String interactionId, String raterId) {
        QueueGoldSeen seen = queue.goldSeen(questionId, interactionId, raterId);
        return seen == null || seen.getTaskId().isEmpty() ? null : seen.getTaskId();
    }

    /** The items of a class, in order of their places. */
    public static List<QueueGold> shelf(QueueReader queue, String questionId, String className) {
        return read(queue, QueueKeys.shelf(queue.pool(), questionId, className));
    }

    /** All items of a question, class by class. */
    public static List<QueueGold> shelf(QueueReader queue, String questionId) {
        return read(queue, QueueKeys.shelf(queue.pool(), questionId));
    }

    private static List<QueueGold> read(QueueReader queue, String prefix) {
        return queue.state().withPrefix(prefix, QueueTaskRef.class, MAX_SHELF).stream()
                .map(StateReader.Entry::value)
                .map(ref -> Objects.requireNonNull(
                        queue.gold(ref.getQuestionId(), ref.getInteractionId()), "gold that stands on the shelf"))
                .toList();
    }

    private static void put(State state, QueueGold gold) {
        GoldOffered offered = gold.getOffered();
        state.put(QueueKeys.gold(offered.getPool(), offered.getQuestionId(), offered.getInteractionId()), gold);
        state.put(QueueKeys.shelfPlace(gold), new QueueTaskRef(offered.getInteractionId(), offered.getQuestionId()));
    }
}
