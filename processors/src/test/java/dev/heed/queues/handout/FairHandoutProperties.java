package dev.heed.queues.handout;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.profile;
import static dev.heed.queues.QueueStory.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.fact.TaskLeased;
import dev.heed.journal.LeaseGranted;
import dev.heed.policy.Policy;
import dev.heed.queues.QueueStory;
import dev.heed.state.QueueTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.specific.SpecificRecord;

/** Who gets what next: what is let go comes round to everybody, and what nobody present can do stands in nobody's way. */
class FairHandoutProperties {
    private static final int TASKS = 12;
    private static final long LEASE_MS = 60_000;
    private static final List<String> RATERS = List.of("ann", "bob", "cem", "dan");
    private static final List<String> LANGUAGES = List.of("", "de", "en");
    private static final List<String> SKILLS = List.of("", "legal", "medical");

    private static QueueStory story(long retryAfterMs) {
        Policy policy = policy(
                1,
                pool(POOL)
                        .setBudgetPerHour(36_000)
                        .setBucketCapacity(100)
                        .setQueueCapacity(400)
                        .setLeaseMs(LEASE_MS)
                        .setRequestTtlMs(1_000 * LEASE_MS)
                        .setRetryAfterMs(retryAfterMs)
                        .build());
        return QueueStory.under(policy);
    }

    @Property(tries = 100)
    void aTaskThatAllLetGoComesToEachBeforeItComesToAnyAgain(
            @ForAll @IntRange(min = 2, max = 6) int raters,
            @ForAll @IntRange(min = 1, max = 5) int retryMinutes,
            @ForAll long seed) {
        QueueStory story = story(retryMinutes * LEASE_MS);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < raters; i++) {
            story.rater(profile("r" + i));
        }
        story.want("i1", 40_000);
        for (int round = 0; round < 6 * raters; round++) {
            for (int i = 0; i < raters; i++) {
                if (story.queue().rater("r" + i).getWantedTasks() == 0
                        && story.held("r" + i).isEmpty()) {
                    story.request("r" + i, 1);
                }
            }
            LeaseGranted held = last(story);
            boolean holds = story.held(held.getRaterId()).contains("i1");
            if (holds && random.nextBoolean()) {
                story.release(held.getRaterId(), held.getTaskId());
            } else {
                story.pass(LEASE_MS);
            }
        }
        List<String> served = story.of(TaskLeased.class).stream()
                .map(leased -> leased.getLease().getRaterId())
                .toList();
        assertThat(served).hasSizeGreaterThan(raters);
        for (int from = 0; from + raters <= served.size(); from++) {
            assertThat(new HashSet<>(served.subList(from, from + raters))).hasSize(raters);
        }
        story.check();
    }

    private static LeaseGranted last(QueueStory story) {
        List<TaskLeased> leased = story.of(TaskLeased.class);
        return leased.get(leased.size() - 1).getLease();
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void whoeverLooksGetsTheMostValuableTaskThatSuitsThem(@ForAll long seed) {
        QueueStory story = story(2 * LEASE_MS);
        SplittableRandom random = new SplittableRandom(seed);
        for (String rater : RATERS) {
            story.rater(profile(rater)
                    .setCapacity(1 + random.nextInt(3))
                    .setSkills(random.nextBoolean() ? List.of(SKILLS.get(1)) : List.of(SKILLS.get(2)))
                    .setLanguages(random.nextBoolean() ? List.of() : List.of(LANGUAGES.get(1 + random.nextInt(2)))));
        }
        int[] requests = new int[TASKS];
        for (int event = 0; event < 80; event++) {
            String rater = RATERS.get(random.nextInt(RATERS.size()));
            List<String> held = story.heldTasks(rater);
            List<SpecificRecord> facts =
                    switch (random.nextInt(held.isEmpty() ? 5 : 7)) {
                        case 0, 1 -> {
                            int item = random.nextInt(TASKS);
                            yield story.want(task("i" + item, 20_000 + random.nextInt(1_000_000))
                                    .setSkill(SKILLS.get(random.nextInt(SKILLS.size())))
                                    .setLanguage(LANGUAGES.get(random.nextInt(LANGUAGES.size())))
                                    .setLabelsWanted(1 + random.nextInt(2))
                                    .setRequest(++requests[item]));
                        }
                        case 2, 3 -> story.request(rater, 1 + random.nextInt(2));
                        case 4 -> story.pass(random.nextLong(LEASE_MS));
                        case 5 -> story.release(rater, held.get(0));
                        default -> story.answer(story.held(rater).get(0), rater);
                    };
            of(TaskLeased.class, facts).forEach(leased -> nothingBetterWaits(story, leased.getLease()));
        }
        story.check();
    }

    private static void nothingBetterWaits(QueueStory story, LeaseGranted lease) {
        Policy policy = Objects.requireNonNull(story.state().get("policy", Policy.class));
        Candidate rater = Objects.requireNonNull(Candidate.of(policy, story.queue(), lease.getRaterId()));
        long valueMicros = value(story, lease.getInteractionId());
        for (int i = 0; i < TASKS; i++) {
            QueueTask other = story.queue().task("i" + i, lease.getQuestionId());
            if (other != null && other.getOpenSlots() > 0 && other.getWanted().getValueMicros() > valueMicros) {
                assertThat(rater.suits(other, policy.getPools().get(0), story.nowMs()))
                        .as("%s got %s, and %s waits", lease.getRaterId(), lease.getInteractionId(), other)
                        .isFalse();
            }
        }
    }

    private static long value(QueueStory story, String id) {
        return Objects.requireNonNull(story.queue().task(id, "violation"))
                .getWanted()
                .getValueMicros();
    }

    @Property(tries = 60)
    void whatNobodyPresentCanDoHoldsUpNobody(
            @ForAll @IntRange(min = 0, max = 150) int impossible,
            @ForAll @IntRange(min = 1, max = 5) int possible,
            @ForAll boolean bySkill,
            @ForAll long seed) {
        QueueStory story = story(2 * LEASE_MS);
        SplittableRandom random = new SplittableRandom(seed);
        story.rater(profile("ann").setLanguages(List.of("en")).setCapacity(possible));
        for (int i = 0; i < impossible; i++) {
            story.want(task("no" + i, 100_000 + random.nextInt(100_000))
                    .setSkill(bySkill ? "legal" : "")
                    .setLanguage(bySkill ? "" : "de"));
        }
        List<String> doable = new ArrayList<>();
        for (int i = 0; i < possible; i++) {
            story.want(task("yes" + i, 20_000 + random.nextInt(200_000)).setLanguage("en"));
            doable.add("yes" + i);
        }
        story.request("ann", possible);
        for (int tick = 0; tick <= impossible / Search.DEEP_LOOKS + 1; tick++) {
            story.pass(1);
        }
        assertThat(story.held("ann")).containsExactlyInAnyOrderElementsOf(doable);
        story.check();
    }
}
