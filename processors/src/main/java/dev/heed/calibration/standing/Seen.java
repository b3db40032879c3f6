package dev.heed.calibration.standing;

import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.fact.FirstLabelScored;
import dev.heed.math.Krippendorff;
import dev.heed.state.FirstLabel;
import dev.heed.state.FirstLabels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has seen an item: only what a rater said the first time tells of them. */
final class Seen {
    /** Most raters remembered per item, which is as many as an item holds labels of. Later ones are not tested on it. */
    static final int MAX_RATERS = Krippendorff.MAX_UNIT;

    private Seen() {}

    static List<FirstLabel> of(StateReader state, String questionId, String interactionId) {
        FirstLabels seen = state.get(StandingKeys.firstLabels(questionId, interactionId), FirstLabels.class);
        return seen == null ? List.of() : seen.getLabels();
    }

    static boolean isFirst(List<FirstLabel> seen, RaterKind kind, String raterId) {
        return seen.size() < MAX_RATERS
                && seen.stream()
                        .noneMatch(each ->
                                each.getKind() == kind && each.getRaterId().equals(raterId));
    }

    /** @param sequence which gold answer of the rater it was, or null when it was none */
    static void add(State state, FirstLabelScored fact, @Nullable Long sequence) {
        List<FirstLabel> seen = new ArrayList<>(of(state, fact.getQuestionId(), fact.getInteractionId()));
        seen.add(new FirstLabel(
                fact.getKind(), fact.getRaterId(), fact.getClassName(), sequence, fact.getRubricVersion()));
        state.put(StandingKeys.firstLabels(fact.getQuestionId(), fact.getInteractionId()), new FirstLabels(seen));
    }
}
