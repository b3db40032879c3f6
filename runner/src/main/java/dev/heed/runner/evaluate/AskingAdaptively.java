package dev.heed.runner.evaluate;

import dev.heed.calibration.CalibrationPolicy;
import dev.heed.calibration.CalibrationStage;
import dev.heed.calibration.Matrices;
import dev.heed.calibration.StoredCounts;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.fact.BeliefUpdated;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.math.Belief;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * Labels are asked for one at a time, of the item where one is worth most under its belief of the moment, and come from
 * the study: of each item in their order of arrival. Each item first gets the labels that the policy's min_raters asks of
 * it. Beliefs are those of the calibration stage.
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

    private final StudyEvents events;
    private final LabelStudy study;
    private final Worth worth;
    private final Question question;
    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final MemoryState state = new MemoryState();
    private final Envelope envelope = new Envelope(CalibrationEvent.getClassSchema());
    /** For each item the numbers of its labels that have not come yet. */
    private final List<Deque<Integer>> waiting = new ArrayList<>();

    private final Deque<Integer> first = new ArrayDeque<>();
    private final Place[] places;
    private final TreeSet<Place> queue = new TreeSet<>(MOST_FIRST);
    private final Map<Integer, String> answers = new TreeMap<>();
    private int asked;
    private long lastWorthMicros;

    AskingAdaptively(LabelStudy study, Worth worth) {
        this.study = study;
        this.worth = worth;
        this.events = new StudyEvents(study, 0);
        Policy policy = events.policy();
        this.question = policy.getQuestions().get(0);
        this.places = new Place[study.items().size()];
        for (int item = 0; item < places.length; item++) {
            waiting.add(new ArrayDeque<>());
            places[item] = new Place(0, item);
        }
        for (int label = 0; label < study.labels().size(); label++) {
            waiting.get(events.itemOf(label)).add(label);
        }
        for (int round = 0; round < question.getMinRaters(); round++) {
            for (int item = 0; item < places.length; item++) {
                first.add(item);
            }
        }
        step(policy);
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

    @Override
    public int asked() {
        return asked;
    }

    /** What the last label was worth when it was asked for, in micros: the price at which labels ran out. */
    long lastWorthMicros() {
        return lastWorthMicros;
    }

    private void ask(int item) {
        int label = waiting.get(item).remove();
        asked++;
        step(new LabelsSubmitted(
                StudyEvents.interactionId(item), StudyEvents.QUESTION, Micros.ONE, List.of(events.submitted(label))));
    }

    private void step(SpecificRecord event) {
        StageRunner.Outcome outcome = runner.step(state, asked, StudyEvents.QUESTION, envelope.wrap(event));
        for (SpecificRecord fact : outcome.facts()) {
            if (runner.fact(fact) instanceof BeliefUpdated told) {
                take(told);
            }
        }
    }

    private void take(BeliefUpdated told) {
        int item = StudyEvents.itemNumber(told.getInteractionId());
        double[] belief = shares(told.getBeliefMicros());
        answers.put(item, study.classes().get(Belief.argmax(belief)));
        queue.remove(places[item]);
        places[item] = new Place(worth.micros(belief, told), item);
        if (!waiting.get(item).isEmpty()) {
            queue.add(places[item]);
        }
    }

    /** An item that was not asked about is taken to be of the likeliest class. */
    @Override
    public Map<String, String> answers() {
        Matrices models = new Matrices(
                new StoredCounts(state, StudyEvents.QUESTION, study.classes().size()),
                CalibrationPolicy.of(
                        Objects.requireNonNull(state.get(StageRunner.POLICY_KEY, Policy.class)),
                        StudyEvents.QUESTION));
        String likeliest = study.classes().get(Belief.argmax(models.classPrior()));
        Map<String, String> byItem = new TreeMap<>();
        for (int item = 0; item < places.length; item++) {
            byItem.put(study.items().get(item), answers.getOrDefault(item, likeliest));
        }
        return byItem;
    }

    private static double[] shares(List<Long> micros) {
        return Micros.toDoubles(micros.stream().mapToLong(Long::longValue).toArray());
    }
}
