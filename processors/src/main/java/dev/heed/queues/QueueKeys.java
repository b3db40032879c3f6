package dev.heed.queues;

import dev.heed.core.Keys;
import dev.heed.event.Lane;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.TaskWanted;
import dev.heed.state.QueueGold;
import dev.heed.state.QueueTask;

/**
 * State keys of the queues stage. Everything of a pool carries its name, so that pools in one partition never meet.
 *
 * <p>The queue itself is one range of keys per pool, in the order of service: critical tasks, then exploration by hash,
 * then value, the most valuable first.
 */
public final class QueueKeys {
    private static final String QUEUE = "queue";
    private static final String SHELF = "shelf";

    private QueueKeys() {}

    public static String task(String pool, String interactionId, String questionId) {
        return Keys.of("task", pool, interactionId, questionId);
    }

    public static String task(TaskWanted wanted) {
        return task(wanted.getPool(), wanted.getInteractionId(), wanted.getQuestionId());
    }

    /** Where a waiting task stands in its pool's order of service. */
    public static String place(QueueTask task) {
        TaskWanted wanted = task.getWanted();
        String order = wanted.getLane() == Lane.EXPLORATION
                ? Keys.ascending(task.getExplorationOrder())
                : Keys.descending(rankedValue(wanted));
        return Keys.of(
                QUEUE,
                wanted.getPool(),
                code(wanted.getLane()),
                order,
                wanted.getInteractionId(),
                wanted.getQuestionId());
    }

    public static String places(String pool) {
        return Keys.prefix(QUEUE, pool);
    }

    public static String places(String pool, Lane lane) {
        return Keys.prefix(QUEUE, pool, code(lane));
    }

    /** The lane of a task that stands at the place. */
    public static Lane laneAt(String place) {
        return switch (Keys.parts(place)[2]) {
            case "0" -> Lane.CRITICAL;
            case "1" -> Lane.EXPLORATION;
            case "2" -> Lane.VALUE;
            default -> throw new IllegalArgumentException("place: " + place + " (expected: one of a queue)");
        };
    }

    /** A key behind all places of the lane and before those of the next. */
    public static String behind(String pool, Lane lane) {
        return Keys.of(QUEUE, pool, code(lane)) + '\u0001';
    }

    /** Where a task waiting by value stands among those to be evicted: the least valuable first. */
    public static String evictionPlace(TaskWanted wanted) {
        return Keys.of(
                "evict",
                wanted.getPool(),
                Keys.ascending(rankedValue(wanted)),
                wanted.getInteractionId(),
                wanted.getQuestionId());
    }

    public static String evictionPlaces(String pool) {
        return Keys.prefix("evict", pool);
    }

    /** Value as it is ranked: an item can want a label of no value, never of less. */
    public static long rankedValue(TaskWanted wanted) {
        return Math.max(0, wanted.getValueMicros());
    }

    public static String idle(String pool, long sinceMs, String interactionId, String questionId) {
        return Keys.of("idle", pool, Keys.ascending(sinceMs), interactionId, questionId);
    }

    public static String idles(String pool) {
        return Keys.prefix("idle", pool);
    }

    /** Bucket of the pool's histogram of values; higher values sort first. */
    public static String valueCount(String pool, int valueBucket) {
        return Keys.of("values", pool, Keys.descending(valueBucket));
    }

    public static String valueCounts(String pool) {
        return Keys.prefix("values", pool);
    }

    public static String lease(String pool, String taskId) {
        return Keys.of("lease", pool, taskId);
    }

    /** A gold item that the pool keeps to serve. */
    public static String gold(String pool, String questionId, String interactionId) {
        return Keys.of("gold", pool, questionId, interactionId);
    }

    /** Where a gold item stands on the shelf, by class and then by hash. */
    public static String shelfPlace(QueueGold gold) {
        GoldOffered offered = gold.getOffered();
        return Keys.of(
                SHELF,
                offered.getPool(),
                offered.getQuestionId(),
                offered.getClassName(),
                Keys.ascending(gold.getShelfOrder()),
                offered.getInteractionId());
    }

    public static String shelf(String pool, String questionId) {
        return Keys.prefix(SHELF, pool, questionId);
    }

    public static String shelf(String pool, String questionId, String className) {
        return Keys.prefix(SHELF, pool, questionId, className);
    }

    /** That the rater was served the gold item. */
    public static String goldSeen(String pool, String questionId, String interactionId, String raterId) {
        return Keys.of("gold seen", pool, questionId, interactionId, raterId);
    }

    public static String goldSeenBy(String pool, String questionId, String interactionId) {
        return Keys.prefix("gold seen", pool, questionId, interactionId);
    }

    public static String goldTurn(String pool, String questionId, String raterId) {
        return Keys.of("gold turn", pool, questionId, raterId);
    }

    public static String profile(String raterId) {
        return Keys.of("profile", raterId);
    }

    public static String standing(String raterId, String questionId) {
        return Keys.of("standing", raterId, questionId);
    }

    public static String rater(String pool, String raterId) {
        return Keys.of("rater", pool, raterId);
    }

    public static String waiting(String pool, long number, String raterId) {
        return Keys.of("waiting", pool, Keys.ascending(number), raterId);
    }

    public static String waitings(String pool) {
        return Keys.prefix("waiting", pool);
    }

    public static String bucket(String pool) {
        return Keys.of("bucket", pool);
    }

    /** All pools that exist in the partition have a bucket. */
    public static String buckets() {
        return Keys.prefix("bucket");
    }

    public static String price(String pool) {
        return Keys.of("price", pool);
    }

    public static String lanes(String pool) {
        return Keys.of("lanes", pool);
    }

    public static String staff(String pool) {
        return Keys.of("staff", pool);
    }

    public static String thinning(String pool) {
        return Keys.of("thinning", pool);
    }

    public static String round(String pool) {
        return Keys.of("round", pool);
    }

    /** Entry of the timer index: what of one kind is due when. */
    public static String due(String kind, long dueMs, String pool, String target) {
        return Keys.of("due", kind, Keys.ascending(dueMs), pool, target);
    }

    public static String dues(String kind) {
        return Keys.prefix("due", kind);
    }

    private static String code(Lane lane) {
        return switch (lane) {
            case CRITICAL -> "0";
            case EXPLORATION -> "1";
            case VALUE -> "2";
            case UNKNOWN -> throw new IllegalArgumentException("lane: UNKNOWN (expected: one that this version knows)");
        };
    }
}
