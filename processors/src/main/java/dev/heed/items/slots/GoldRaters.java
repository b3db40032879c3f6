package dev.heed.items.slots;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.items.Slots;
import dev.heed.state.GoldRater;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What each rater did on an item whose answer is known: one record per rater, apart from the item, because a gold item
 * is served to many. Who held a slot before the answer was known goes on holding it.
 */
final class GoldRaters {
    private static final GoldRater UNSEEN = new GoldRater(null, null, List.of());

    private GoldRaters() {}

    /** Whether what the rater says concerns gold and no slot; who was served it does not come to one when it no longer is. */
    static boolean concerns(StateReader state, String interactionId, ItemQuestion held, String raterId) {
        if (Slots.of(held, raterId) != null || Slots.leaseOf(held, raterId) != null) {
            return false;
        }
        boolean wasGold = !held.getGoldRubricVersion().isEmpty();
        return held.getGoldClass() != null
                || (wasGold
                        && !of(state, interactionId, held.getQuestionId(), raterId)
                                .equals(UNSEEN));
    }

    static GoldRater of(StateReader state, String interactionId, String questionId, String raterId) {
        GoldRater rater = state.get(key(interactionId, questionId, raterId), GoldRater.class);
        return rater == null ? UNSEEN : rater;
    }

    static void update(
            State state,
            String interactionId,
            String questionId,
            String raterId,
            UnaryOperator<GoldRater.Builder> change) {
        GoldRater.Builder rater = GoldRater.newBuilder(of(state, interactionId, questionId, raterId));
        state.put(key(interactionId, questionId, raterId), change.apply(rater).build());
    }

    private static String key(String interactionId, String questionId, String raterId) {
        return Keys.of("gold rater", interactionId, questionId, raterId);
    }
}
