package dev.heed.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.out.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CriticsTest {
    private static final long START_MS = 5_000;
    private static final int TASKS = 300;

    private final StudyBuddy world = new StudyBuddy(1, "t");
    private final Workforce workforce = new Workforce(world, Pace.demo(60_000), START_MS);

    @Test
    void aGoodReviewerWritesWhatHoldsAndAnotherSeesIt() {
        List<Feedback> critiques = answers("rev-excellent-1", "critique", List.of());
        assertThat(critiques).hasSizeGreaterThan(TASKS / 2).allSatisfy(critique -> {
            assertThat(critique.getKind()).isEqualTo(FeedbackKind.CRITIQUE);
            assertThat(critique.getText()).isNotBlank();
            assertThat(critique.getClassName()).isNull();
            assertThat(critique.getCandidateId()).isEqualTo("a");
        });
        assertThat(critiques).extracting(Feedback::getEventId).doesNotHaveDuplicates();

        assertThat(shareThatHolds(critiques)).isGreaterThan(.85);
        assertThat(shareThatHolds(answers("rev-careless-1", "critique", List.of())))
                .isBetween(.45, .85);
    }

    private double shareThatHolds(List<Feedback> critiques) {
        List<Feedback> judged = answers("rev-excellent-2", "critique-holds", critiques);
        assertThat(judged).isNotEmpty().extracting(Feedback::getKind).containsOnly(FeedbackKind.LABEL);
        return (double) judged.stream()
                        .filter(each -> "holds".equals(each.getClassName()))
                        .count()
                / judged.size();
    }

    /** What a reviewer says of the first interactions, or of what somebody wrote about them. */
    private List<Feedback> answers(String rater, String question, List<Feedback> about) {
        for (int i = 0; i < (about.isEmpty() ? TASKS : about.size()); i++) {
            Feedback critique = about.isEmpty() ? null : about.get(i);
            workforce.receive(
                    new Task(
                            rater + "-" + question + "-" + (critique == null ? i : critique.getEventId()),
                            rater,
                            critique == null
                                    ? world.encounter(i).interaction().getInteractionId()
                                    : critique.getInteractionId(),
                            critique == null ? question : question + "|" + critique.getEventId(),
                            "quality",
                            "critique-1",
                            START_MS + 30_000,
                            "open",
                            List.of()),
                    START_MS);
        }
        List<Feedback> answers = new ArrayList<>();
        for (Publication each : workforce.until(START_MS + 60_000)) {
            if (each.channel() == Channel.FEEDBACK && each.value() instanceof Feedback feedback) {
                answers.add(feedback);
            }
        }
        return answers;
    }
}
