package dev.heed.calibration;

import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.state.LabelTally;
import dev.heed.state.QuestionTally;

/** The counts of a question as the state holds them; a question not met yet has none. */
public final class StoredCounts implements Counts {
    private final StateReader state;
    private final String questionId;
    private final int classes;

    public StoredCounts(StateReader state, String questionId, int classes) {
        this.state = state;
        this.questionId = questionId;
        this.classes = classes;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public long items() {
        QuestionTally tally = state.get(CalibrationKeys.question(questionId), QuestionTally.class);
        return tally == null ? 0 : tally.getItems();
    }

    @Override
    public long labels(RaterKind kind) {
        LabelTally tally = state.get(CalibrationKeys.pooled(questionId, kind), LabelTally.class);
        return tally == null ? 0 : tally.getLabels();
    }

    @Override
    public long[] beliefSums() {
        QuestionTally tally = state.get(CalibrationKeys.question(questionId), QuestionTally.class);
        return tally == null ? new long[classes] : Vectors.toArray(tally.getBeliefSumsMicros());
    }

    @Override
    public long[] weightedSums() {
        QuestionTally tally = state.get(CalibrationKeys.question(questionId), QuestionTally.class);
        return tally == null ? new long[classes] : Vectors.toArray(tally.getWeightedSumsMicros());
    }

    @Override
    public long[] pooled(RaterKind kind) {
        return read(CalibrationKeys.pooled(questionId, kind));
    }

    @Override
    public long[] of(RaterKind kind, String raterId) {
        return read(CalibrationKeys.tally(questionId, kind, raterId));
    }

    private long[] read(String key) {
        LabelTally tally = state.get(key, LabelTally.class);
        return tally == null ? new long[classes * classes] : Vectors.toArray(tally.getCountsMicros());
    }
}
