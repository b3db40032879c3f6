package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Vectors;
import dev.heed.core.State;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.QuestionOpened;
import dev.heed.fact.RubricSuperseded;
import dev.heed.journal.SubmittedLabel;
import dev.heed.state.ItemLabels;
import dev.heed.state.LabelTally;
import dev.heed.state.QuestionTally;
import dev.heed.state.RaterTouched;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Writes what a move changes: the item, the counts of its raters, the pooled counts and the class prior. */
final class Tallies {
    private Tallies() {}

    static void open(State state, QuestionOpened opened) {
        List<Long> none = Vectors.toList(new long[opened.getClasses().size()]);
        put(
                state,
                opened.getQuestionId(),
                new QuestionTally(opened.getClasses(), 0L, none, opened.getRating(), none, 0, List.of()));
    }

    /** Nothing that was counted counts from now on; what it was is overwritten or deleted when its items come back. */
    static void supersede(State state, RubricSuperseded fact) {
        QuestionTally question = question(state, fact.getQuestionId());
        List<Long> none = Vectors.toList(new long[question.getClasses().size()]);
        put(
                state,
                fact.getQuestionId(),
                new QuestionTally(
                        question.getClasses(), 0L, none, question.getRating(), none, fact.getRubricEpoch(), List.of()));
    }

    static void move(State state, FactHeader header, BeliefMove fact) {
        String questionId = fact.getQuestionId();
        QuestionTally question = question(state, questionId);
        List<String> classes = question.getClasses();
        int epoch = question.getRubricEpoch();
        ItemLabels stored = HeldLabels.read(state, questionId, fact.getInteractionId(), classes.size());
        ItemLabels before = HeldLabels.counted(stored, epoch, classes.size());
        ItemLabels after = HeldLabels.after(stored, fact, epoch);
        CountsMove move = CountsMove.between(before, after, classes);

        state.put(CalibrationKeys.item(questionId, fact.getInteractionId()), after);
        long[] beliefSums = Vectors.plus(Vectors.toArray(question.getBeliefSumsMicros()), move.beliefSums());
        long[] weightedSums = Vectors.plus(Vectors.toArray(question.getWeightedSumsMicros()), move.weightedSums());
        put(
                state,
                questionId,
                new QuestionTally(
                        classes,
                        question.getItems() + move.items(),
                        Vectors.toList(beliefSums),
                        question.getRating(),
                        Vectors.toList(weightedSums),
                        epoch,
                        versions(question, after)));
        for (RaterKind kind : move.kinds()) {
            String key = CalibrationKeys.pooled(questionId, kind);
            add(state, key, counts -> move.addPooledTo(counts, kind), move.labels(kind), classes.size(), epoch);
        }
        for (Map.Entry<CountsMove.Rater, CountsMove.Change> entry :
                move.byRater().entrySet()) {
            CountsMove.Rater rater = entry.getKey();
            String key = CalibrationKeys.tally(questionId, rater.kind(), rater.id());
            CountsMove.Change change = entry.getValue();
            add(state, key, change::addTo, change.allLabels(), classes.size(), epoch);
            touch(state, CalibrationKeys.touched(questionId, rater.kind(), rater.id()), header);
        }
        if (stored.getRubricEpoch() != epoch) {
            forget(state, header, questionId, stored.getHeld(), epoch);
        }
    }

    /** Those of the labels and known answers counted since the question last began anew, with the item's. */
    private static List<String> versions(QuestionTally question, ItemLabels item) {
        TreeSet<String> versions = new TreeSet<>(question.getRubricVersions());
        for (SubmittedLabel label : item.getHeld()) {
            if (!label.getRubricVersion().isEmpty()) {
                versions.add(label.getRubricVersion());
            }
        }
        if (!item.getGoldRubricVersion().isEmpty()) {
            versions.add(item.getGoldRubricVersion());
        }
        return List.copyOf(versions);
    }

    /** Every rater with counts of an earlier epoch has a label on an item that has not come back, so none is left over. */
    private static void forget(
            State state, FactHeader header, String questionId, List<SubmittedLabel> labels, int epoch) {
        for (SubmittedLabel label : labels) {
            String raterId = label.getRaterId();
            RaterKind kind = label.getRaterKind();
            deleteIfEarlier(state, CalibrationKeys.pooled(questionId, kind), epoch);
            deleteIfEarlier(state, CalibrationKeys.tally(questionId, kind, raterId), epoch);
            touch(state, CalibrationKeys.touched(questionId, kind, raterId), header);
        }
    }

    private static void deleteIfEarlier(State state, String key, int epoch) {
        LabelTally tally = state.get(key, LabelTally.class);
        if (tally != null && tally.getRubricEpoch() != epoch) {
            state.delete(key);
        }
    }

    private static void add(State state, String key, Consumer<long[]> move, long movedLabels, int classes, int epoch) {
        LabelTally stored = state.get(key, LabelTally.class);
        LabelTally tally = stored == null || stored.getRubricEpoch() != epoch ? null : stored;
        long[] moved = tally == null ? new long[classes * classes] : Vectors.toArray(tally.getCountsMicros());
        move.accept(moved);
        long labels = (tally == null ? 0 : tally.getLabels()) + movedLabels;
        // A rater who holds no label leaves nothing behind, so equal labels give equal states whatever came before.
        if (labels == 0 && Vectors.isZero(moved)) {
            state.delete(key);
        } else {
            state.put(key, new LabelTally(Vectors.toList(moved), labels, epoch));
        }
    }

    private static QuestionTally question(State state, String questionId) {
        return Objects.requireNonNull(state.get(CalibrationKeys.question(questionId), QuestionTally.class));
    }

    private static void put(State state, String questionId, QuestionTally question) {
        state.put(CalibrationKeys.question(questionId), question);
    }

    private static void touch(State state, String key, FactHeader header) {
        if (state.get(key, RaterTouched.class) == null) {
            state.put(key, new RaterTouched(header.getTimeMs()));
        }
    }
}
