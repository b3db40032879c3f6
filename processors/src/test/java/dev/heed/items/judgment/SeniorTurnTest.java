package dev.heed.items.judgment;

import static dev.heed.items.ItemsPolicies.POOL;
import static dev.heed.items.ItemsPolicies.SENIOR;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LabelsUnrequested;
import dev.heed.fact.LeaseRefused;
import dev.heed.fact.SeniorEnded;
import dev.heed.fact.SeniorWanted;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.RequestClosed;
import dev.heed.journal.TaskWanted;
import dev.heed.out.Judgment;
import dev.heed.policy.Policy;
import dev.heed.state.ItemQuestion;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three labels leave an item at ½, where one more is worth 0.11 and costs 0.01 + 0.05. */
class SeniorTurnTest {
    private static final long[] UNSURE = {500_000, 500_000};
    private static final long[] SURELY_OK = {984_615, 15_385};
    private static final long DEADLINE_MS = 7_200_000;

    private final ItemsTrial items = new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation()
            .setEscalates(false)
            .setSeniorSkill(SENIOR)
            .setSeniorDeadlineMs(DEADLINE_MS)
            .build()));

    @BeforeEach
    void threeLabelsSettleNothing() {
        items.interaction("i1", 1);
        labelled("rita", "f1", "ok");
        labelled("sam", "f2", "violation");
        belief(2, 2, "f2", UNSURE);
        labelled("tom", "f3", "ok");
        belief(3, 3, "f3", UNSURE);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void aSeniorIsAskedBeforeItIsJudged() {
        assertThat(judgments()).isEmpty();
        assertThat(items.facts(SeniorWanted.class)).singleElement().satisfies(wanted -> assertThat(wanted.getSlots())
                .isEqualTo(1));
        TaskWanted task = lastRequest();
        assertThat(task.getSenior()).isTrue();
        assertThat(task.getSkill()).isEqualTo(SENIOR);
        assertThat(task.getPool()).isEqualTo(POOL);
        assertThat(task.getLabelsWanted()).isEqualTo(1);
        assertThat(task.getExcludedRaters()).containsExactly("rita", "sam", "tom");
        belief(4, 3, "reconcile", UNSURE);
        assertThat(items.facts(SeniorWanted.class)).hasSize(1);
        assertThat(judgments()).as("it waits for the senior").isEmpty();
    }

    @Test
    void theLabelOfTheSeniorIsWeighedAndItIsJudgedInAnyCase() {
        asked("olga", "t4");
        items.label("f4", "i1", "olga", "violation");
        belief(4, 4, "f4", UNSURE);
        assertThat(judgments()).singleElement().satisfies(judgment -> {
            assertThat(judgment.getReason()).isEqualTo("senior");
            assertThat(judgment.getLabels()).hasSize(4);
        });
        assertThat(ended()).satisfies(ended -> {
            assertThat(ended.getOutcome()).isEqualTo("answered");
            assertThat(ended.getRaterId()).isEqualTo("olga");
            assertThat(ended.getExtraSlots()).isEqualTo(1);
        });
        belief(5, 4, "f4", UNSURE);
        assertThat(items.facts(SeniorWanted.class)).hasSize(1);
    }

    @Test
    void aLabelThatSettlesItIsJudgedByItsValue() {
        asked("olga", "t4");
        items.label("f4", "i1", "olga", "ok");
        belief(4, 4, "f4", SURELY_OK);
        assertThat(judgments()).singleElement().satisfies(judgment -> assertThat(judgment.getReason())
                .isEqualTo("value_below_price"));
        assertThat(ended().getOutcome()).isEqualTo("answered");
    }

    @Test
    void nobodyElseTakesTheSlot() {
        items.label("f4", "i1", "uma", "ok");
        assertThat(items.facts(LabelKept.class)).hasSize(1);
        items.lease("i1", "vic", "t5");
        assertThat(items.facts(LeaseRefused.class)).singleElement().satisfies(refused -> assertThat(
                        refused.getEnded().getReason())
                .as("the queue hands it out again")
                .isEqualTo("senior_only"));
        asked("olga", "t4");
        items.send("i1", senior("omar", "t6"));
        assertThat(items.facts(LeaseRefused.class)).hasSize(2).last().satisfies(refused -> assertThat(
                        refused.getEnded().getReason())
                .isEqualTo("no_slot"));
    }

    @Test
    void aLapsedSeniorMayStillAnswerAndAnotherMayComeFirst() {
        asked("olga", "t4");
        items.leaseEnded("i1", "olga", "t4", "expired");
        assertThat(held().getWanted()).isEqualTo(1);
        items.label("f4", "i1", "olga", "ok");
        assertThat(items.facts(LabelsUnrequested.class))
                .as("nobody else has to")
                .hasSize(1);
        belief(4, 4, "f4", UNSURE);
        assertThat(judgments()).hasSize(1);
    }

    @Test
    void aQueueThatDropsTheRequestLeavesItJudgedByWhatItHas() {
        closed();
        assertThat(ended().getOutcome()).isEqualTo("unavailable");
        assertThat(ended().getExtraSlots()).isZero();
        assertThat(judgments()).singleElement().satisfies(judgment -> assertThat(judgment.getReason())
                .isEqualTo("request_closed"));
    }

    @Test
    void aQueueThatDropsItWhileASeniorIsAtWorkEndsItWithTheLapse() {
        asked("olga", "t4");
        closed();
        assertThat(judgments()).isEmpty();
        items.leaseEnded("i1", "olga", "t4", "expired");
        assertThat(ended().getOutcome()).isEqualTo("unavailable");
        assertThat(judgments()).hasSize(1);
    }

    @Test
    void whereNoSeniorComesInTimeItIsJudgedByWhatItHas() {
        items.tickAfter(DEADLINE_MS - 1);
        assertThat(judgments()).isEmpty();
        items.tickAfter(1);
        assertThat(ended()).satisfies(ended -> {
            assertThat(ended.getOutcome()).isEqualTo("deadline");
            assertThat(ended.getRaterId()).isEmpty();
            assertThat(ended.getExtraSlots()).isZero();
        });
        assertThat(judgments()).singleElement().satisfies(judgment -> {
            assertThat(judgment.getReason()).isEqualTo("max_raters");
            assertThat(judgment.getLabels()).hasSize(3);
        });
        assertThat(items.facts(LabelsUnrequested.class)).hasSize(1);
        items.tickAfter(DEADLINE_MS);
        assertThat(items.facts(SeniorEnded.class)).hasSize(1);
        asked("olga", "t4");
        assertThat(items.facts(LeaseRefused.class)).as("too late").hasSize(1);
    }

    @Test
    void aSeniorStillAtWorkThenRevisesTheJudgment() {
        asked("olga", "t4");
        items.tickAfter(DEADLINE_MS);
        assertThat(ended()).satisfies(ended -> {
            assertThat(ended.getOutcome()).isEqualTo("deadline");
            assertThat(ended.getRaterId()).isEqualTo("olga");
            assertThat(ended.getExtraSlots()).isEqualTo(1);
        });
        assertThat(judgments()).hasSize(1);
        items.label("f4", "i1", "olga", "violation");
        belief(4, 4, "f4", UNSURE);
        assertThat(judgments()).hasSize(2).last().satisfies(judgment -> {
            assertThat(judgment.getReason()).isEqualTo("revised");
            assertThat(judgment.getLabels()).hasSize(4);
        });
        assertThat(items.facts(SeniorWanted.class)).hasSize(1);
    }

    @Test
    void aTurnThatHasEndedHasNoDeadlineLeft() {
        asked("olga", "t4");
        items.label("f4", "i1", "olga", "violation");
        belief(4, 4, "f4", UNSURE);
        items.tickAfter(2 * DEADLINE_MS);
        assertThat(ended().getOutcome()).isEqualTo("answered");
        assertThat(judgments()).hasSize(1);
    }

    @Test
    void aSeniorWhoseLabelIsSetAsideBeforeTheBeliefIsReplaced() {
        asked("olga", "t4");
        items.label("f4", "i1", "olga", "ok");
        var belief = items.beliefOf("i1", VIOLATION, 4, 3, "f4", false, UNSURE);
        belief.setSetAsideLabelIds(List.of("f4"));
        items.send("i1", belief);
        assertThat(judgments()).isEmpty();
        assertThat(lastRequest().getSenior()).isTrue();
        assertThat(lastRequest().getExcludedRaters()).contains("olga");
        asked("omar", "t5");
        items.label("f5", "i1", "omar", "ok");
        belief(5, 4, "f5", UNSURE);
        assertThat(judgments()).hasSize(1);
    }

    @Test
    void aSeniorWhoTakesTheLabelBackLaterIsNotReplaced() {
        asked("olga", "t4");
        items.label("f4", "i1", "olga", "ok");
        belief(4, 4, "f4", UNSURE);
        withdraw("f5", "olga");
        belief(5, 3, "f5", UNSURE);
        assertThat(judgments()).hasSize(2).last().satisfies(judgment -> {
            assertThat(judgment.getReason()).isEqualTo("revised");
            assertThat(judgment.getLabels()).hasSize(3);
        });
        assertThat(items.facts(SeniorWanted.class)).hasSize(1);
    }

    @Test
    void whatSettlesItMeanwhileNeedsNoSenior() {
        items.label("f4", "i1", "sam", "ok");
        belief(4, 3, "f4", SURELY_OK);
        assertThat(ended().getOutcome()).isEqualTo("settled");
        assertThat(items.facts(LabelsUnrequested.class)).hasSize(1);
        assertThat(judgments()).singleElement().satisfies(judgment -> assertThat(judgment.getReason())
                .isEqualTo("value_below_price"));
    }

    @Test
    void belowTheFewestLabelsOthersAreAskedFirst() {
        withdraw("w1", "rita");
        withdraw("w2", "sam");
        belief(4, 1, "w2", UNSURE);
        assertThat(ended().getOutcome()).isEqualTo("reopened");
        assertThat(lastRequest().getSenior()).isFalse();
        labelled("uma", "f4", "ok");
        labelled("vic", "f5", "violation");
        belief(5, 3, "f5", UNSURE);
        assertThat(items.facts(SeniorWanted.class))
                .as("nobody has answered as one")
                .hasSize(2);
        assertThat(lastRequest().getSenior()).isTrue();
    }

    @Test
    void aPolicyThatNamesSeniorsNoMoreLeavesItJudged() {
        Policy none =
                ItemsPolicies.only(ItemsPolicies.violation().setEscalates(false).build());
        none.setPolicyVersion(2);
        none.setEventId("policy-2");
        items.send("policies", none);
        belief(4, 3, "reconcile", UNSURE);
        assertThat(ended().getOutcome()).isEqualTo("unavailable");
        assertThat(judgments()).singleElement().satisfies(judgment -> assertThat(judgment.getReason())
                .isEqualTo("max_raters"));
    }

    @Test
    void aKnownAnswerEndsTheWait() {
        items.gold("g1", "i1", VIOLATION, "ok");
        items.goldBelief("i1", VIOLATION, 4, 1_000_000, 0);
        assertThat(ended().getOutcome()).isEqualTo("gold");
        assertThat(items.facts(LabelsUnrequested.class)).hasSize(1);
    }

    private void labelled(String rater, String eventId, String className) {
        items.lease("i1", rater, "task-" + rater);
        items.label(eventId, "i1", rater, className);
    }

    private void asked(String rater, String taskId) {
        items.send("i1", senior(rater, taskId));
    }

    private LeaseGranted senior(String rater, String taskId) {
        return LeaseGranted.newBuilder(items.leaseOf("i1", rater, taskId, 1_000_000))
                .setSenior(true)
                .build();
    }

    private void withdraw(String eventId, String rater) {
        items.sendPublic(
                "i1",
                ItemsTrial.feedback(eventId, "i1", rater).setWithdrawn(true).build());
    }

    private void closed() {
        items.send("i1", new RequestClosed("i1", VIOLATION, POOL, held().getRequest(), "evicted"));
    }

    private void belief(long version, int humanLabels, String causedBy, long... micros) {
        items.belief("i1", VIOLATION, version, humanLabels, causedBy, micros);
    }

    private TaskWanted lastRequest() {
        List<LabelsRequested> requests = items.facts(LabelsRequested.class);
        return requests.get(requests.size() - 1).getTask();
    }

    private SeniorEnded ended() {
        List<SeniorEnded> ended = items.facts(SeniorEnded.class);
        assertThat(ended).hasSize(1);
        return ended.get(0);
    }

    private List<Judgment> judgments() {
        return items.sent(Channel.JUDGMENTS, Judgment.class);
    }

    private ItemQuestion held() {
        return items.question("i1", VIOLATION);
    }
}
