package dev.heed.runner.evaluate;

import dev.heed.fact.BeliefUpdated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Labels are asked for one at a time, of the item where one is worth most under its belief of the moment, and come from
 * the study: of each item in their order of arrival. Each item first gets the labels that the policy's min_raters asks of
 * it.
 *
 * <p>Serving the most valuable waiting task while labels last is what the loop's price comes to: at every moment it is
 * the value of the last label that can be paid for.
 */
final class AskingAdaptively implements Asking {
    /** What one more label of an item is worth. */
    interface Worth {
        /** In micros; an item whose worth is 0 is not asked about again. */
        long micros(double[] belief, BeliefUpdated told);
    }

    private record Place(long worthMicros, int item) {}

    private static final Comparator<Place> MOST_FIRST =
            Comparator.comparingLong(Place::worthMicros).reversed().thenComparingInt(Place::item);

    private final StudyBeliefs beliefs;
    private final Worth worth;
    /** For each item the numbers of its labels that have not come yet. */
    private final List<Deque<Integer>> waiting = new ArrayList<>();

    private final Deque<Integer> first = new ArrayDeque<>();
    private final Place[] places;
    private final TreeSet<Place> queue = new TreeSet<>(MOST_FIRST);
    private int asked;
    private long lastWorthMicros;

    AskingAdaptively(LabelStudy study, Worth worth) {
        this.beliefs = new StudyBeliefs(study);
        this.worth = worth;
        this.places = new Place[study.items().size()];
        for (int item = 0; item < places.length; item++) {
            waiting.add(new ArrayDeque<>());
            places[item] = new Place(0, item);
        }
        for (int label = 0; label < study.labels().size(); label++) {
            waiting.get(beliefs.itemOf(label)).add(label);
        }
        for (int round = 0; round < beliefs.question().getMinRaters(); round++) {
            for (int item = 0; item < places.length; item++) {
                first.add(item);
            }
        }
    }

    @Override
    public boolean next() {
        while (!first.isEmpty()) {
            int item = first.remove();
            if (!waiting.get(item).isEmpty()) {
                ask(item);
                return true;
            }
        }
        Place most = queue.isEmpty() ? null : queue.first();
        if (most == null || most.worthMicros() == 0) {
            return false;
        }
        lastWorthMicros = most.worthMicros();
        ask(most.item());
        return true;
    }

    private void ask(int item) {
        asked++;
        beliefs.submit(waiting.get(item).remove()).forEach(this::place);
    }

    private void place(BeliefUpdated told) {
        int item = StudyEvents.itemNumber(told.getInteractionId());
        queue.remove(places[item]);
        places[item] = new Place(worth.micros(StudyBeliefs.shares(told), told), item);
        if (!waiting.get(item).isEmpty()) {
            queue.add(places[item]);
        }
    }

    @Override
    public int asked() {
        return asked;
    }

    @Override
    public Map<String, String> answers() {
        return beliefs.answers();
    }

    /** What the last label was worth when it was asked for, in micros: the price at which labels ran out. */
    long lastWorthMicros() {
        return lastWorthMicros;
    }
}
