package dev.heed.items.rows;

import dev.heed.core.StateReader;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.items.Standings;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.List;
import java.util.stream.Stream;

/** Whether the people behind a row are trusted as far as its dataset's rule asks. */
final class Trust {
    private final StateReader state;
    private final Policy policy;
    private final Question question;

    Trust(StateReader state, Policy policy, Question question) {
        this.state = state;
        this.policy = policy;
        this.question = question;
    }

    /** The people with a label behind the row, sorted. */
    static List<String> people(Row row) {
        return row.judgment().getLabels().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .map(SubmittedLabel::getRaterId)
                .distinct()
                .sorted()
                .toList();
    }

    boolean suffices(DatasetRule rule, List<String> raterIds) {
        if (!rule.getSuspendedLabels() && isAnySuspended(raterIds)) {
            return false;
        }
        return rule.getMinActiveLabels()
                <= statuses(raterIds)
                        .filter(status -> status == RaterStatus.ACTIVE)
                        .count();
    }

    /** Whether one of the people is suspended on the question. */
    boolean isAnySuspended(List<String> raterIds) {
        return statuses(raterIds).anyMatch(status -> status == RaterStatus.SUSPENDED);
    }

    private Stream<RaterStatus> statuses(List<String> raterIds) {
        return raterIds.stream().map(rater -> Standings.status(state, policy, question, rater));
    }
}
