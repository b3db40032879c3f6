package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Keys;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.intake.PublicInput;
import dev.heed.items.Scores;
import dev.heed.items.Slots;
import dev.heed.queues.QueueReader;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import dev.heed.state.QueueTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * However leases, labels, lapses and requests cross each other on the way: once nothing is under way any more, an item
 * and its queue agree on how many hand-outs are still to come, so that no item waits for what nobody will hand out.
 */
@Tag("slow")
class ItemsAndQueuesAgreeProperties {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final int EVENTS = 300;
    private static final long LONG_AFTER_MS = 1_000_000_000;

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void onHandOutsStillToCome(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int partitions, @ForAll boolean crashes) {
        LoopScheduler loop = new LoopScheduler(
                partitions, LoopTopology.stages(SECRET), SECRET, RandomHistory.START_MS, seed, crashes ? 0.15 : 0);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        new RandomHistory(seed).play(loop, EVENTS);
        loop.runToEnd();
        compare(loop, partitions);

        // All that was at work until now has lapsed, and what that brought with it is under way no more.
        loop.tick(RandomHistory.START_MS + LONG_AFTER_MS);
        loop.runToEnd();
        compare(loop, partitions);
    }

    private static void compare(LoopScheduler loop, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            for (Item item : loop.state("items", partition).withPrefix(Keys.prefix("item"), Item.class, 1_000).stream()
                    .map(entry -> entry.value())
                    .toList()) {
                for (ItemQuestion question : item.getQuestions()) {
                    compare(loop, partitions, item.getInteraction().getInteractionId(), question);
                }
            }
        }
    }

    private static void compare(LoopScheduler loop, int partitions, String interactionId, ItemQuestion question) {
        if (question.getSeniorOpen()) {
            assertThat(question.getWanted() + question.getLeases().size())
                    .as("%s keeps a slot for a senior: %s", interactionId, question)
                    .isPositive();
        }
        boolean undecided = question.getJudgment() == null && question.getGoldClass() == null;
        if (undecided
                && question.getRequestOpen()
                && !question.getBeliefMicros().isEmpty()) {
            // A lease beyond what is wanted is somebody to come as well: its end makes the item ask again.
            assertThat(Slots.due(question) + question.getLeases().size() > 0
                            || !Scores.passes(Objects.requireNonNull(question.getScores())))
                    .as("%s is worth one more label, and nobody is to come: %s", interactionId, question)
                    .isTrue();
        }
        for (QueueTask task : tasks(loop, partitions, interactionId, question)) {
            if (question.getRequestOpen() && task.getWantsMore()) {
                assertThat(task.getOpenSlots())
                        .as("hand-outs due for %s, %s against %s", interactionId, question, task)
                        .isEqualTo(question.getWanted());
            } else {
                assertThat(task.getOpenSlots()).isZero();
            }
            if (question.getRequestOpen() && !task.getWantsMore()) {
                // It has what it asked for, or more: the queue no longer counts the labels beyond that, and the item
                // does.
                assertThat(question.getWanted() <= 0 && task.getLeases().isEmpty())
                        .as("%s, %s waits for %s", interactionId, question, task)
                        .isTrue();
            }
            assertThat(task.getLeases()).hasSameSizeAs(question.getLeases());
        }
    }

    private static List<QueueTask> tasks(
            LoopScheduler loop, int partitions, String interactionId, ItemQuestion question) {
        List<QueueTask> found = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            QueueTask task = new QueueReader(loop.state("queues", partition), question.getRequestPool())
                    .task(interactionId, question.getQuestionId());
            if (task != null) {
                found.add(task);
            }
        }
        return found;
    }
}
