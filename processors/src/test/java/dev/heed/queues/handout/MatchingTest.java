package dev.heed.queues.handout;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.STUDY;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static dev.heed.queues.QueueStory.of;
import static dev.heed.queues.QueueStory.profile;
import static dev.heed.queues.QueueStory.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Lane;
import dev.heed.fact.MatchingAdvanced;
import dev.heed.fact.TaskLeased;
import dev.heed.math.Micros;
import dev.heed.policy.Pool;
import dev.heed.queues.QueueStory;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static QueueStory story(Pool.Builder pool) {
        return QueueStory.under(policy(1, pool.build()));
    }

    private static QueueStory story() {
        return story(pool(POOL));
    }

    @Test
    void aTaskGoesToWhoHasItsSkillAndReadsItsLanguage() {
        QueueStory story = story();
        story.rater(profile("ann").setLanguages(List.of("de")));
        story.rater(profile("bob").setLanguages(List.of("en")).setSkills(List.of("medical")));
        story.rater(profile("cem").setSkills(List.of("legal")));
        for (String rater : List.of("ann", "bob", "cem")) {
            story.request(rater, 1);
        }
        story.want(task("i1", 40_000).setLanguage("en").setSkill("medical"));
        assertThat(story.held("bob")).containsExactly("i1");
        story.want(task("i2", 40_000).setLanguage("fr"));
        assertThat(story.held("cem")).as("no languages means any").containsExactly("i2");
        story.want(task("i3", 40_000).setSkill("legal"));
        assertThat(story.held("ann")).isEmpty();
        story.want(task("i4", 40_000).setLanguage("de"));
        assertThat(story.held("ann")).containsExactly("i4");
        story.check();
    }

    @Test
    void nobodyGetsWhatTheyAreExcludedFromOrHoldAlready() {
        QueueStory story = story();
        story.raters("ann", "bob");
        story.request("ann", 3);
        story.want(task("i1", 40_000).setLabelsWanted(3).setExcludedRaters(List.of("bob")));
        story.request("bob", 1);
        assertThat(story.held("ann")).containsExactly("i1");
        assertThat(story.held("bob")).isEmpty();
        // The other question of the same interaction does not go to her either, as long as she holds the first.
        story.want(task("i1", 40_000).setQuestionId(STUDY));
        assertThat(story.held("ann")).containsExactly("i1");
        assertThat(story.held("bob")).containsExactly("i1");
        story.check();
    }

    @Test
    void whoHasWaitedLongestComesFirst() {
        QueueStory story = story();
        story.raters("bob", "ann", "cem");
        story.request("bob", 1);
        story.request("ann", 1);
        story.request("cem", 1);
        story.want("i1", 40_000);
        story.want("i2", 40_000);
        assertThat(story.held("bob")).containsExactly("i1");
        assertThat(story.held("ann")).containsExactly("i2");
        assertThat(story.held("cem")).isEmpty();
        story.check();
    }

    @Test
    void aTaskUnderItsPriceStaysInTheQueue() {
        QueueStory story = story();
        story.raters("ann");
        story.want("cheap", 10_999);
        story.want(task("study", 0).setQuestionId(STUDY));
        story.request("ann", 3);
        assertThat(story.held("ann")).as("a study asks no price").containsExactly("study");
        assertThat(story.openSlots("cheap")).isEqualTo(1);
        story.want("dear", 11_000);
        assertThat(story.held("ann")).containsExactly("study", "dear");
        story.check();
    }

    @Test
    void explorationHasItsOwnShareAndComesBeforeValue() {
        QueueStory story = story(pool(POOL).setBucketCapacity(5));
        story.rater(profile("ann").setCapacity(20));
        for (int i = 1; i <= 9; i++) {
            story.want("v" + i, 100_000);
        }
        story.want(task("e1", 1).setLane(Lane.EXPLORATION).setSelectionPropensityMicros(Micros.ONE / 10));
        story.want(task("e2", 1).setLane(Lane.EXPLORATION).setSelectionPropensityMicros(Micros.ONE / 10));
        story.request("ann", 20);
        List<TaskLeased> leased = story.of(TaskLeased.class);
        assertThat(leased)
                .extracting(each -> each.getLease().getLane())
                .containsExactly(Lane.EXPLORATION, Lane.VALUE, Lane.VALUE, Lane.VALUE, Lane.VALUE);
        assertThat(leased.get(0).getLease().getPropensityMicros()).isEqualTo(Micros.ONE / 10);
        story.check();
    }

    @Test
    void aCriticalTaskOverdrawsAnEmptyBucketAndOthersWaitForTokens() {
        QueueStory story = story(pool(POOL).setBucketCapacity(2).setExplorationShareMicros(0));
        story.rater(profile("ann").setCapacity(20));
        for (String id : List.of("v1", "v2", "v3")) {
            story.want(id, 50_000);
        }
        story.request("ann", 20);
        assertThat(story.held("ann")).hasSize(2);
        story.want(task("c1", 0).setLane(Lane.CRITICAL));
        TaskLeased critical = story.of(TaskLeased.class).get(2);
        assertThat(critical.getOverdraft()).isTrue();
        assertThat(story.queue().bucket().getOverdraftLabels()).isEqualTo(1);
        story.pass(999);
        assertThat(story.held("ann")).hasSize(3);
        story.pass(1);
        assertThat(story.held("ann")).containsExactly("v1", "v2", "c1", "v3");
        story.check();
    }

    @Test
    void aRaterWhomMostOfTheQueueDoesNotSuitReachesAllOfItInSomeTicks() {
        QueueStory story = story(pool(POOL).setQueueCapacity(400));
        story.rater(profile("ann").setLanguages(List.of("en")));
        for (int i = 0; i < 200; i++) {
            story.want(task("de" + i, 100_000).setLanguage("de"));
        }
        story.want(task("en", 50_000).setLanguage("en"));
        story.request("ann", 1);
        int ticks = 0;
        while (story.held("ann").isEmpty()) {
            assertThat(++ticks).isLessThan(10);
            assertThat(of(MatchingAdvanced.class, story.pass(1)).size()
                            + story.held("ann").size())
                    .isEqualTo(1);
        }
        assertThat(ticks).isBetween(2, 6);
        assertThat(story.queue().rater("ann").getQueueAfter()).isEmpty();
        story.check();
    }

    @Test
    void aNewTaskOfValueIsFoundByWhoSearchesDeep() {
        QueueStory story = story(pool(POOL).setQueueCapacity(400));
        story.rater(profile("ann").setLanguages(List.of("en")).setCapacity(1));
        for (int i = 0; i < 200; i++) {
            story.want(task("de" + i, 100_000).setLanguage("de"));
        }
        story.request("ann", 1);
        story.pass(1);
        story.want(task("en", 200_000).setLanguage("en"));
        assertThat(story.held("ann")).containsExactly("en");
        story.check();
    }

    @Test
    void moreWaitingRatersThanOneTickSearchesForAreServedInTurns() {
        QueueStory story = story(pool(POOL).setBucketCapacity(1).setExplorationShareMicros(0));
        story.rater(profile("late").setLanguages(List.of("en")));
        story.raters("first");
        story.want("v", 90_000);
        story.request("first", 1);
        for (int i = 0; i < 2 * Matching.MAX_SEARCHES_PER_TICK; i++) {
            story.rater(profile("de" + i).setLanguages(List.of("de")));
            story.request("de" + i, 1);
        }
        story.request("late", 1);
        story.want(task("en", 50_000).setLanguage("en"));
        assertThat(story.held("late")).as("no token is left").isEmpty();
        story.pass(1_000);
        story.pass(1);
        assertThat(story.held("late")).isEmpty();
        story.pass(1);
        assertThat(story.held("late")).containsExactly("en");
        story.check();
    }
}
