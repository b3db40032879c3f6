package dev.heed.queues.handout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.event.FeedbackKind;
import dev.heed.policy.Question;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownOrderTest {
    private static Question question(FeedbackKind kind, String... classes) {
        return Question.newBuilder(Policies.question("q", List.of(classes)))
                .setKind(kind)
                .build();
    }

    @Test
    void eachOfTwoComesFirstAboutAsOften() {
        Question preference = question(FeedbackKind.PREFERENCE, "A", "B", "TIE");
        long first = IntStream.range(0, 4_000)
                .filter(i -> ShownOrder.of(preference, "task-" + i).get(0) == 0)
                .count();
        // Five standard deviations of a fair coin.
        assertThat(first).isBetween(1_842L, 2_158L);
        assertThat(ShownOrder.of(preference, "task-1")).containsExactlyInAnyOrder(0, 1);
        assertThat(ShownOrder.of(preference, "task-1")).isEqualTo(ShownOrder.of(preference, "task-1"));
    }

    @Test
    void aRankingShowsEveryCandidateInEveryOrder() {
        Question ranking = Question.newBuilder(question(FeedbackKind.RANKING, "x", "y", "z"))
                .setCandidates(3)
                .build();
        assertThat(IntStream.range(0, 200).mapToObj(i -> ShownOrder.of(ranking, "task-" + i)))
                .allSatisfy(order -> assertThat(order).containsExactlyInAnyOrder(0, 1, 2))
                .satisfies(orders -> assertThat(orders.stream().distinct()).hasSize(6));
    }

    @Test
    void whatComparesNothingHasNoOrder() {
        assertThat(ShownOrder.of(question(FeedbackKind.LABEL, "ok", "bad"), "task"))
                .isEmpty();
        assertThat(ShownOrder.of(null, "task")).isEmpty();
    }
}
