package dev.heed.calibration.labels;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Vectors;
import dev.heed.core.State;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.FactHeader;
import dev.heed.fact.QuestionOpened;
import dev.heed.state.ItemLabels;
import dev.heed.state.LabelTally;
import dev.heed.state.QuestionTally;
import dev.heed.state.RaterTouched;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes what a move changes: the item, the counts of its raters, the pooled counts and the class prior. */
final class Tallies {
    private Tallies() {}

    static void open(State state, QuestionOpened opened) {
        List<Long> none = Vectors.toList(new long[opened.getClasses().size()]);
        QuestionTally empty = new QuestionTally(opened.getClasses(), 0L, none, opened.getRating(), none);
        state.put(CalibrationKeys.question(opened.getQuestionId()), empty);
    }

    static void move(State state, FactHeader header, BeliefMove fact) {
        String questionId = fact.getQuestionId();
        QuestionTally question =
                Objects.requireNonNull(state.get(CalibrationKeys.question(questionId), QuestionTally.class));
        List<String> classes = question.getClasses();
        ItemLabels before = HeldLabels.read(state, questionId, fact.getInteractionId(), classes.size());
        ItemLabels after = HeldLabels.after(before, fact);
        CountsMove move = CountsMove.between(before, after, classes);

        state.put(CalibrationKeys.item(questionId, fact.getInteractionId()), after);
        long[] beliefSums = Vectors.plus(Vectors.toArray(question.getBeliefSumsMicros()), move.beliefSums());
        long[] weightedSums = Vectors.plus(Vectors.toArray(question.getWeightedSumsMicros()), move.weightedSums());
        state.put(
                CalibrationKeys.question(questionId),
                new QuestionTally(
                        classes,
                        question.getItems() + move.items(),
                        Vectors.toList(beliefSums),
                        question.getRating(),
                        Vectors.toList(weightedSums)));
        for (RaterKind kind : move.kinds()) {
            add(state, CalibrationKeys.pooled(questionId, kind), move.pooled(kind), classes.size());
        }
        for (Map.Entry<CountsMove.Rater, CountsMove.Change> entry :
                move.byRater().entrySet()) {
            CountsMove.Rater rater = entry.getKey();
            add(state, CalibrationKeys.tally(questionId, rater.kind(), rater.id()), entry.getValue(), classes.size());
            touch(state, CalibrationKeys.touched(questionId, rater.kind(), rater.id()), header);
        }
    }

    private static void add(State state, String key, CountsMove.Change change, int classes) {
        LabelTally tally = state.get(key, LabelTally.class);
        long[] counts = tally == null ? new long[classes * classes] : Vectors.toArray(tally.getCountsMicros());
        long[] moved = Vectors.plus(counts, change.countsMicros());
        long labels = (tally == null ? 0 : tally.getLabels()) + change.labels();
        // A rater who holds no label leaves nothing behind, so equal labels give equal states whatever came before.
        if (labels == 0 && Vectors.isZero(moved)) {
            state.delete(key);
        } else {
            state.put(key, new LabelTally(Vectors.toList(moved), labels));
        }
    }

    private static void touch(State state, String key, FactHeader header) {
        if (state.get(key, RaterTouched.class) == null) {
            state.put(key, new RaterTouched(header.getTimeMs()));
        }
    }
}
