package dev.heed.items.judgment;

import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people rated, in micros of the scale; both null where nobody did. */
record Ratings(@Nullable Long meanMicros, @Nullable Long medianMicros) {

    /** Of the ratings of people among the labels; a machine's moves the belief alone. */
    static Ratings of(List<SubmittedLabel> labels) {
        List<Long> given = labels.stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .map(SubmittedLabel::getRatingMicros)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (given.isEmpty()) {
            return new Ratings(null, null);
        }
        long sum = given.stream().mapToLong(Long::longValue).sum();
        return new Ratings(Math.floorDiv(sum, (long) given.size()), given.get((given.size() - 1) / 2));
    }
}
