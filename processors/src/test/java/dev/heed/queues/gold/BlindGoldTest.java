package dev.heed.queues.gold;

import static dev.heed.queues.QueuePolicies.POOL;
import static dev.heed.queues.QueuePolicies.QUESTION;
import static dev.heed.queues.QueuePolicies.policy;
import static dev.heed.queues.QueuePolicies.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Lane;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GoldRetired;
import dev.heed.fact.GoldShelved;
import dev.heed.fact.LeaseExpired;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.TaskSettled;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.math.Micros;
import dev.heed.out.Task;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.queues.QueueStory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gold is served in the place of tasks, and nobody is told. */
class BlindGoldTest {
    private static final long WORTH = 50_000;

    private QueueStory story = under(pool(POOL));

    private static QueueStory under(Pool.Builder pool) {
        QueueStory story = QueueStory.under(
                policy(1, pool.setBucketCapacity(1_000).setQueueCapacity(2_000).build()));
        story.raters("ann", "bob");
        return story;
    }

    private static Pool.Builder always() {
        return pool(POOL).setGoldShareMicros(Micros.ONE);
    }

    @AfterEach
    void lawsHold() {
        story.check();
    }

    @Test
    void whoIsAskedForATextIsServedNoGold() {
        Policy policy = policy(1, always().build());
        policy.setQuestions(List.of(Question.newBuilder(policy.getQuestions().get(0))
                .setKind(FeedbackKind.CRITIQUE)
                .setClasses(List.of())
                .build()));
        story = QueueStory.under(policy);
        story.raters("ann");
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("i1");
    }

    @Test
    void goldTakesThePlaceOfATaskThatStaysInTheQueue() {
        story = under(always());
        story.offerGold("g1", "yes");
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("g1");
        assertThat(story.openSlots("i1")).isEqualTo(1);

        LeaseGranted lease = lastLease();
        assertThat(lease.getGold()).isTrue();
        assertThat(lease.getLane()).isEqualTo(Lane.VALUE);
        assertThat(story.queue().bucket().getHandedOutLabels())
                .as("gold is paid for")
                .isEqualTo(1);
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class))
                .extracting(ItemsEvent::getLeaseGranted)
                .contains(lease);

        story.answer("g1", "ann");
        assertThat(story.of(TaskSettled.class)).singleElement().satisfies(settled -> assertThat(settled.getTaskId())
                .isEqualTo(lease.getTaskId()));
        story.request("ann", 1);
        assertThat(story.held("ann")).as("she has seen all gold there is").containsExactly("i1");
    }

    @Test
    void theRaterIsToldOfGoldWhatTheyAreToldOfAnyTask() {
        story = under(always());
        story.offerGold("x1", "yes");
        story.want("x2", WORTH);
        story.request("ann", 2);
        List<Task> tasks = story.sent(Channel.TASKS, Task.class);
        assertThat(tasks).hasSize(2);
        Task gold = Task.newBuilder(tasks.get(0)).build();
        Task task = tasks.get(1);
        assertThat(gold.getInteractionId()).isEqualTo("x1");
        assertThat(gold.getTaskId()).isEqualTo(POOL + "|x1|" + QUESTION + "|ann|1");
        assertThat(task.getTaskId()).isEqualTo(POOL + "|x2|" + QUESTION + "|ann|2");
        gold.setInteractionId(task.getInteractionId());
        gold.setTaskId(task.getTaskId());
        assertThat(gold).as("but for the ids nothing differs").isEqualTo(task);
    }

    @Test
    void withoutATaskInWhosePlaceItStandsGoldIsNotServed() {
        story = under(always());
        story.offerGold("g1", "yes");
        story.request("ann", 3);
        assertThat(story.held("ann")).isEmpty();
        story.want(QueueStory.task("i1", WORTH).setLane(Lane.CRITICAL));
        assertThat(story.held("ann")).as("critical tasks wait for no test").containsExactly("i1");
        story.want("i2", WORTH);
        assertThat(story.held("ann")).containsExactly("i1", "g1", "i2");
    }

    @Test
    void noRaterIsServedAGoldItemTwiceNorOneTheyAnsweredBefore() {
        story = under(always());
        story.offerGold("g1", "yes");
        story.offerGold(QueueStory.gold("g2", "no").setExcludedRaters(List.of("ann")));
        story.offerGold(QueueStory.gold("g3", "no").setLanguage("de"));
        story.rater(QueueStory.profile("ann")
                .setEventId("ann again")
                .setOccurredAtMs(1)
                .setLanguages(List.of("en")));
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("g1");
        story.release("ann", story.heldTasks("ann").get(0));
        assertThat(story.sent(Channel.ITEMS_JOURNAL, ItemsEvent.class))
                .extracting(ItemsEvent::getLeaseEnded)
                .filteredOn(Objects::nonNull)
                .extracting(LeaseEnded::getReason)
                .containsExactly("released");
        story.request("ann", 2);
        assertThat(story.held("ann")).containsExactly("i1");
    }

    @Test
    void aLeaseOnGoldLapsesLikeAnyOther() {
        story = under(always());
        story.offerGold("g1", "yes");
        story.want("i1", WORTH);
        story.request("ann", 1);
        story.pass(60_000);
        assertThat(story.of(LeaseExpired.class)).singleElement().satisfies(expired -> {
            assertThat(expired.getLease().getReason()).isEqualTo("expired");
            assertThat(Objects.requireNonNull(expired.getTask()).getState()).isEqualTo("ended");
        });
        assertThat(story.held("ann")).isEmpty();
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("g1");
    }

    @Test
    void aGoldItemIsRetiredAfterSoManyRaters() {
        story = under(always().setGoldMaxExposures(1));
        story.offerGold("g1", "yes");
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.of(GoldRetired.class)).singleElement().satisfies(retired -> assertThat(retired.getExposures())
                .isEqualTo(1));
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i1");
        assertThat(story.offerGold(QueueStory.gold("g1", "no").setVersion(2).setCorrection(true)))
                .as("a correction does not bring it back")
                .isEmpty();
        assertThat(story.offerGold("g1", "yes"))
                .as("nor does a repeat, while somebody holds it")
                .hasOnlyElementsOfType(DuplicateIgnored.class);
        story.answer("g1", "ann");
        assertThat(story.held("ann")).isEmpty();
    }

    @Test
    void theClassThatHasMostMakesRoom() {
        story = under(always().setGoldShelf(3));
        story.offerGold("g1", "no");
        story.offerGold("g2", "no");
        story.offerGold("g3", "yes");
        assertThat(QueueStory.of(GoldShelved.class, story.offerGold("g4", "yes")))
                .singleElement()
                .satisfies(
                        shelved -> assertThat(shelved.getEvictedInteractionId()).isIn("g1", "g2"));
    }

    @Test
    void aCorrectedItemMovesToItsNewClassAndAnOldOfferChangesNothing() {
        story = under(always());
        story.offerGold("g1", "no");
        story.offerGold(QueueStory.gold("g1", "yes").setVersion(2).setCorrection(true));
        assertThat(story.offerGold("g1", "no")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(Objects.requireNonNull(story.queue().gold(QUESTION, "g1"))
                        .getOffered()
                        .getClassName())
                .isEqualTo("yes");
        assertThat(story.tell(
                        "nowhere",
                        QueueStory.gold("g2", "no").setPool("nowhere").build()))
                .hasOnlyElementsOfType(EventRefused.class);
    }

    @Test
    void anAnswerUnderASupersededRubricIsNotServedUntilItIsKnownAnew() {
        story = under(always());
        story.offerGold("g1", "yes");
        story.follow(ruledBy(2, "rubric-2"));
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("i1");
        assertThat(QueueStory.of(GoldShelved.class, story.offerGold(setAside("g1"))))
                .singleElement()
                .satisfies(shelved ->
                        assertThat(shelved.getOffered().getSetAside()).isTrue());
        assertThat(story.offerGold(setAside("g1"))).hasOnlyElementsOfType(DuplicateIgnored.class);
        // A policy that calls them comparable after all does not bring back what was set aside.
        story.follow(ruledBy(3, "rubric-3", "rubric-1", "rubric-2"));
        story.want("i2", WORTH);
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("i2");
        story.answer("i2", "bob");

        story.offerGold(QueueStory.gold("g1", "no")
                .setRubricVersion("rubric-2")
                .setVersion(2)
                .setCorrection(true));
        assertThat(story.offerGold(setAside("g1")))
                .as("what was set aside is not what is known now")
                .hasOnlyElementsOfType(DuplicateIgnored.class);
        story.want("i3", WORTH);
        story.request("bob", 1);
        assertThat(story.held("bob")).containsExactly("g1");
    }

    @Test
    void aComparableAnswerIsServedUnderTheRubricInForce() {
        story = under(always());
        story.offerGold("g1", "yes");
        story.follow(ruledBy(2, "rubric-2", "rubric-1"));
        story.want("i1", WORTH);
        story.request("ann", 1);
        assertThat(story.held("ann")).containsExactly("g1");
        assertThat(lastLease().getRubricVersion()).isEqualTo("rubric-2");
    }

    @Test
    void whatNoLongerCountsMakesRoomFirst() {
        story = under(always().setGoldShelf(3));
        story.offerGold("g1", "no");
        story.offerGold("g2", "no");
        story.offerGold("g3", "yes");
        story.offerGold(setAside("g3"));
        assertThat(QueueStory.of(GoldShelved.class, story.offerGold("g4", "no")))
                .singleElement()
                .satisfies(
                        shelved -> assertThat(shelved.getEvictedInteractionId()).isEqualTo("g3"));
    }

    private static Policy ruledBy(int version, String rubric, String... comparable) {
        Policy policy = policy(version, always().setBucketCapacity(1_000).build());
        policy.getQuestions().forEach(question -> {
            question.setRubricVersion(rubric);
            question.setComparableRubrics(List.of(comparable));
        });
        return policy;
    }

    private static GoldOffered.Builder setAside(String item) {
        return QueueStory.gold(item, "yes").setSetAside(true);
    }

    @Test
    void theShareIsThePolicysAndTheClassesAreAskedEvenly() {
        story = under(pool(POOL).setGoldShareMicros(200_000).setGoldShelf(400));
        for (int i = 0; i < 150; i++) {
            story.offerGold("yes" + i, "yes");
            story.offerGold("no" + i, "no");
        }
        Map<String, Integer> gold = new TreeMap<>();
        List<Integer> gaps = new ArrayList<>();
        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 600; i++) {
            story.pass(1_000);
            story.want("i" + i, WORTH);
            String rater = i % 2 == 0 ? "ann" : "bob";
            if (story.held(rater).isEmpty()) {
                note(rater, story.request(rater, 1), gold, gaps, firsts);
            }
            for (String held : story.held(rater)) {
                story.answer(held, rater);
            }
        }
        assertThat(gold.keySet()).containsExactly("ann no", "ann yes", "bob no", "bob yes");
        assertThat(gold.getOrDefault("ann no", 0) + gold.getOrDefault("ann yes", 0))
                .as("one in five of 300")
                .isBetween(40, 80);
        assertThat(Math.abs(gold.getOrDefault("ann no", 0) - gold.getOrDefault("ann yes", 0)))
                .isLessThanOrEqualTo(1);
        assertThat(Math.abs(gold.getOrDefault("bob no", 0) - gold.getOrDefault("bob yes", 0)))
                .isLessThanOrEqualTo(1);
        assertThat(new HashSet<>(gaps)).as("at no regular distance").hasSizeGreaterThan(6);
        assertThat(firsts).as("each rater has an order of their own").hasSize(2);
    }

    private int sinceGold;

    private void note(
            String rater,
            List<SpecificRecord> facts,
            Map<String, Integer> gold,
            List<Integer> gaps,
            Set<String> firsts) {
        for (TaskLeased leased : QueueStory.of(TaskLeased.class, facts)) {
            LeaseGranted lease = leased.getLease();
            sinceGold += rater.equals("ann") ? 1 : 0;
            if (lease.getGold()) {
                String className = lease.getInteractionId().startsWith("yes") ? "yes" : "no";
                boolean first = gold.merge(rater + " " + className, 1, Integer::sum) == 1;
                if (first && className.equals("yes")) {
                    firsts.add(lease.getInteractionId());
                }
                if (rater.equals("ann")) {
                    gaps.add(sinceGold);
                    sinceGold = 0;
                }
            }
        }
    }

    private LeaseGranted lastLease() {
        List<TaskLeased> leased = story.of(TaskLeased.class);
        return leased.get(leased.size() - 1).getLease();
    }
}
