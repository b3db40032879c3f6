package dev.heed.calibration;

import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.state.LabelTally;
import dev.heed.state.QuestionTally;
import org.jspecify.annotations.Nullable;

/** The counts of a question as the state holds them; a question not met yet has none. */
public final class StoredCounts implements Counts {
    private final StateReader state;
    private final String questionId;
    private final int classes;
    // Read once: a rubric does not change within a decision. Below 0 before that.
    private int epoch = -1;

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
        QuestionTally tally = question();
        return tally == null ? 0 : tally.getItems();
    }

    @Override
    public long labels(RaterKind kind) {
        LabelTally tally = read(CalibrationKeys.pooled(questionId, kind));
        return tally == null ? 0 : tally.getLabels();
    }

    /** How many labels of one rater are counted. */
    public long labels(RaterKind kind, String raterId) {
        LabelTally tally = read(CalibrationKeys.tally(questionId, kind, raterId));
        return tally == null ? 0 : tally.getLabels();
    }

    @Override
    public long[] beliefSums() {
        QuestionTally tally = question();
        return tally == null ? new long[classes] : Vectors.toArray(tally.getBeliefSumsMicros());
    }

    @Override
    public long[] weightedSums() {
        QuestionTally tally = state.get(CalibrationKeys.question(questionId), QuestionTally.class);
        return tally == null ? new long[classes] : Vectors.toArray(tally.getWeightedSumsMicros());
    }

    @Override
    public long[] pooled(RaterKind kind) {
        return counts(CalibrationKeys.pooled(questionId, kind));
    }

    @Override
    public long[] of(RaterKind kind, String raterId) {
        return counts(CalibrationKeys.tally(questionId, kind, raterId));
    }

    private long[] counts(String key) {
        LabelTally tally = read(key);
        return tally == null ? new long[classes * classes] : Vectors.toArray(tally.getCountsMicros());
    }

    /** The tally, unless it was counted before the question last began anew. */
    private @Nullable LabelTally read(String key) {
        LabelTally tally = state.get(key, LabelTally.class);
        if (tally == null) {
            return null;
        }
        if (epoch < 0) {
            QuestionTally question = question();
            epoch = question == null ? 0 : question.getRubricEpoch();
        }
        return tally.getRubricEpoch() == epoch ? tally : null;
    }

    private @Nullable QuestionTally question() {
        return state.get(CalibrationKeys.question(questionId), QuestionTally.class);
    }
}
