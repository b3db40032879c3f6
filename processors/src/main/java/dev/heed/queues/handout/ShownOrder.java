package dev.heed.queues.handout;

import dev.heed.math.KeyedHash;
import dev.heed.policy.Question;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a task shows its candidates: by a hash of the task, so that each comes first equally often and a
 * rater who likes the first place is found out. It needs no secret: who sees the task sees the order.
 */
final class ShownOrder {
    private static final byte[] SEED = "shown-order".getBytes(StandardCharsets.UTF_8);

    private ShownOrder() {}

    /** The places of the candidates in the order to be shown; empty when the question compares none. */
    static List<Integer> of(@Nullable Question question, String taskId) {
        int candidates = question == null ? 0 : candidates(question);
        return IntStream.range(0, candidates)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer place) -> KeyedHash.unit(SEED, taskId + "|" + place))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int candidates(Question question) {
        return switch (question.getKind()) {
            case RANKING -> question.getCandidates();
            case PREFERENCE -> 2;
            default -> 0;
        };
    }
}
