package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.journal.InteractionAccepted;
import dev.heed.math.Micros;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The aggregates: one record per interaction. */
public final class Items {
    private static final ItemQuestion UNTOUCHED =
            ItemQuestion.newBuilder().setQuestionId("").build();

    private Items() {}

    /** The item, or null when its interaction has not come. */
    public static @Nullable Item find(StateReader state, String interactionId) {
        return state.get(key(interactionId), Item.class);
    }

    /** A new item. */
    public static void create(State state, InteractionAccepted interaction, long noveltyMicros) {
        state.put(
                key(interaction.getInteractionId()),
                new Item(interaction, noveltyMicros, List.of(), List.of(), null, false));
    }

    /**
     * Items in the order of their ids.
     *
     * @param interactionId the one to go on after; empty to begin
     */
    public static List<Item> after(StateReader state, String interactionId, int most) {
        return state.withPrefixAfter(Keys.prefix("item"), key(interactionId), Item.class, most).stream()
                .map(StateReader.Entry::value)
                .toList();
    }

    /** Changes an item. {@code change} gets a copy; lists in it are to be replaced. */
    public static void update(State state, String interactionId, Consumer<Item> change) {
        state.put(key(interactionId), Records.with(existing(state, interactionId), change));
    }

    /** Changes one question of an item, from a fresh one at its first change. */
    public static void updateQuestion(
            State state, String interactionId, String questionId, Consumer<ItemQuestion> change) {
        update(state, interactionId, item -> {
            ItemQuestion changed = Records.with(question(item, questionId), change);
            List<ItemQuestion> questions = Records.replacing(
                    item.getQuestions(), each -> each.getQuestionId().equals(questionId), changed);
            questions.sort(Comparator.comparing(ItemQuestion::getQuestionId));
            item.setQuestions(questions);
        });
    }

    /** What the item holds for a question: nothing yet, when nothing has happened to it. */
    public static ItemQuestion question(Item item, String questionId) {
        for (ItemQuestion each : item.getQuestions()) {
            if (each.getQuestionId().equals(questionId)) {
                return each;
            }
        }
        return Records.with(UNTOUCHED, fresh -> fresh.setQuestionId(questionId));
    }

    /** As {@link #question(Item, String)}, of an item known to exist. */
    public static ItemQuestion question(StateReader state, String interactionId, String questionId) {
        return question(existing(state, interactionId), questionId);
    }

    /** Probability with which the item came, or would come, to be labelled on this question, in micros, above 0. */
    public static long propensityMicros(ItemQuestion held) {
        if (held.getPropensityMicros() > 0) {
            return held.getPropensityMicros();
        }
        return held.getScores() == null ? Micros.ONE : held.getScores().getPropensityMicros();
    }

    /** Name of a question of an item in public topics. */
    public static String publicKey(String interactionId, String questionId) {
        return interactionId + "|" + questionId;
    }

    private static Item existing(StateReader state, String interactionId) {
        return Objects.requireNonNull(
                find(state, interactionId),
                () -> "no item " + interactionId + " (expected: a fact only about known ones)");
    }

    private static String key(String interactionId) {
        return Keys.of("item", interactionId);
    }
}
