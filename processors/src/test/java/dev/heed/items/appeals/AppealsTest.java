package dev.heed.items.appeals;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.AppealOutcome;
import dev.heed.event.Dataset;
import dev.heed.event.Resolve;
import dev.heed.fact.AppealDecided;
import dev.heed.fact.AppealOpened;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LeaseRefused;
import dev.heed.fact.NotificationScheduled;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.TaskWanted;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.policy.AppealRules;
import dev.heed.policy.RowRule;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Judged ok by rita and sam, two of at most three; an appeal asks for two others. */
class AppealsTest {
    private static final long[] SURELY_OK = {984_615, 15_385};
    private static final long[] SURELY_NOT = {1_000, 999_000};
    private static final long[] PROBABLY_NOT = {100_000, 900_000};

    private ItemsTrial items = trial(ItemsPolicies.appeals());
    private long version;

    private static ItemsTrial trial(AppealRules rules) {
        return new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation()
                .setEscalates(false)
                .setAppeals(rules)
                .setRows(List.of(
                        new RowRule(Dataset.GUARDRAIL, List.of(), 700_000L),
                        new RowRule(Dataset.SFT, List.of("ok"), 700_000L)))
                .build()));
    }

    @BeforeEach
    void itIsJudged() {
        items.interaction("i1", 1);
        items.consent("i1", 1, true);
        label("f1", "rita", "ok", SURELY_OK);
        label("f2", "sam", "ok", SURELY_OK);
        assertThat(judgments()).hasSize(1);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    private void label(String eventId, String rater, String className, long[] belief) {
        items.label(eventId, "i1", rater, className);
        items.belief("i1", VIOLATION, ++version, (int) counted(), eventId, belief);
    }

    private long counted() {
        return items.facts(LabelAccepted.class).size();
    }

    private List<Judgment> judgments() {
        return items.sent(Channel.JUDGMENTS, Judgment.class);
    }

    private TaskWanted lastRequest() {
        List<LabelsRequested> requests = items.facts(LabelsRequested.class);
        return requests.get(requests.size() - 1).getTask();
    }

    private AppealDecided decision() {
        return items.facts(AppealDecided.class).get(0);
    }

    private static String refusal(List<SpecificRecord> facts) {
        assertThat(facts).hasOnlyElementsOfType(EventRefused.class);
        return ((EventRefused) facts.get(0)).getReasonCode();
    }

    @Test
    void anAppealAsksThoseWhoHaveNotSeenTheItem() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        assertThat(items.facts(AppealOpened.class)).singleElement().satisfies(opened -> {
            assertThat(opened.getNumber()).isEqualTo(1);
            assertThat(opened.getSeenRaters()).containsExactly("olga", "rita", "sam");
            assertThat(opened.getAppealed()).isEqualTo(judgments().get(0));
            assertThat(opened.getDueMs()).isEqualTo(items.nowMs() + 600_000);
        });
        assertThat(lastRequest().getLabelsWanted()).isEqualTo(2);
        assertThat(lastRequest().getExcludedRaters()).containsExactly("olga", "rita", "sam");
        assertThat(lastRequest().getValueMicros()).as("it does not starve").isEqualTo(500_000);
        assertThat(items.appeal("a1", "i1", VIOLATION, "olga")).hasOnlyElementsOfType(DuplicateIgnored.class);
        assertThat(items.lease("i1", "olga", "t1"))
                .singleElement()
                .isInstanceOfSatisfying(
                        LeaseRefused.class,
                        refused -> assertThat(refused.getEnded().getReason()).isEqualTo("seen"));
        assertThat(items.label("f9", "i1", "olga", "ok"))
                .as("nor by the back door")
                .hasOnlyElementsOfType(LabelKept.class);
    }

    @Test
    void theJudgmentStandsUntilAllHaveSpokenAndIsThenOverturnedWithEverythingThatFollows() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        label("f3", "tom", "violation", PROBABLY_NOT);
        assertThat(judgments()).as("one of two").hasSize(1);
        assertThat(items.question("i1", VIOLATION).getWanted()).isEqualTo(1);
        label("f4", "uma", "violation", SURELY_NOT);
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.OVERTURNED);
        assertThat(decision().getClassBefore()).isEqualTo("ok");
        assertThat(decision().getClassAfter()).isEqualTo("violation");
        assertThat(decision().getFreshLabels())
                .extracting(SubmittedLabel::getRaterId)
                .containsExactly("tom", "uma");
        assertThat(decision().getCause()).isEqualTo("labels");
        assertThat(decision().getExtraSlots()).as("four labels of three").isEqualTo(1);
        assertThat(judgments()).hasSize(2).last().satisfies(judgment -> {
            assertThat(judgment.getClassName()).isEqualTo("violation");
            assertThat(judgment.getReason()).isEqualTo("appeal_overturned");
            assertThat(judgment.getRevision()).isEqualTo(2);
            assertThat(judgment.getLabels()).as("none is lost").hasSize(4);
        });
        assertThat(items.sent(Channel.DATASET_LOG, Delta.class))
                .extracting(delta -> delta.getOp() + " " + delta.getDataset() + " " + delta.getCause())
                .containsExactly(
                        "ADD GUARDRAIL judged",
                        "ADD SFT judged",
                        "REVISE GUARDRAIL appeal_overturned",
                        "RETRACT SFT appeal_overturned");
        assertThat(items.question("i1", VIOLATION).getAppeal()).isNull();
        assertThat(items.question("i1", VIOLATION).getRequestOpen()).isFalse();
    }

    @Test
    void itIsUpheldWhenTheOthersAgree() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        items.lease("i1", "tom", "t1");
        label("f3", "tom", "ok", SURELY_OK);
        label("f4", "uma", "ok", SURELY_OK);
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.UPHELD);
        assertThat(judgments()).last().satisfies(judgment -> {
            assertThat(judgment.getReason()).isEqualTo("appeal_upheld");
            assertThat(judgment.getLabels()).hasSize(4);
        });
        assertThat(items.sent(Channel.DATASET_LOG, Delta.class))
                .as("the rows say the same")
                .hasSize(2);
        assertThat(refusal(items.appeal("a2", "i1", VIOLATION, "olga"))).isEqualTo("appeals_spent");
    }

    @Test
    void aRevisionOfWhoHadSeenItDecidesNothing() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        items.label("f3", "i1", "rita", "violation");
        items.belief("i1", VIOLATION, ++version, 2, "f3", 500_000, 500_000);
        assertThat(items.facts(AppealDecided.class)).isEmpty();
        assertThat(judgments())
                .as("the judgment rested on what she has taken back")
                .hasSize(2);
        assertThat(judgments().get(1).getReason()).isEqualTo("revised");
    }

    @Test
    void itLapsesWhenNobodyComes() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        items.tickAfter(599_999);
        assertThat(items.facts(AppealDecided.class)).isEmpty();
        items.tickAfter(1);
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.LAPSED);
        assertThat(decision().getExtraSlots()).isZero();
        assertThat(judgments()).hasSize(1);
        assertThat(items.question("i1", VIOLATION).getRequestOpen()).isFalse();
        items.tickAfter(600_000);
        assertThat(items.facts(AppealDecided.class)).hasSize(1);
    }

    @Test
    void atTheDeadlineItIsDecidedOnWhatHasCome() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        label("f3", "tom", "violation", PROBABLY_NOT);
        items.tickAfter(600_000);
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.OVERTURNED);
        assertThat(decision().getCause()).isEqualTo("deadline");
        assertThat(judgments()).last().satisfies(judgment -> {
            assertThat(judgment.getReason()).isEqualTo("appeal_overturned");
            assertThat(judgment.getClassName()).isEqualTo("violation");
        });
    }

    @Test
    void aKnownAnswerEndsTheAppeal() {
        items.appeal("a1", "i1", VIOLATION, "olga");
        items.gold("g1", "i1", VIOLATION, "violation");
        items.goldBelief("i1", VIOLATION, ++version, 0, 1_000_000);
        assertThat(decision().getCause()).isEqualTo("gold");
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.OVERTURNED);
    }

    @Test
    void whatCannotBeAppealedIsRefusedByName() {
        assertThat(refusal(items.appeal("a1", "i9", VIOLATION, "olga"))).isEqualTo("interaction_unknown");
        assertThat(refusal(items.appeal("a2", "i1", "colour", "olga"))).isEqualTo("question_unknown");
        items.interaction("i2", 1);
        assertThat(refusal(items.appeal("a3", "i2", VIOLATION, "olga"))).isEqualTo("not_judged");
        items.appeal("a4", "i1", VIOLATION, "olga");
        assertThat(refusal(items.appeal("a5", "i1", VIOLATION, "olga"))).isEqualTo("appeal_open");
    }

    @Test
    void thePolicySaysWhoMayAppealAndForHowLong() {
        items.check();
        items = trial(AppealRules.newBuilder(ItemsPolicies.appeals())
                .setActors(List.of("olga"))
                .build());
        version = 0;
        itIsJudged();
        assertThat(refusal(items.appeal("a1", "i1", VIOLATION, "mallory"))).isEqualTo("appeal_not_allowed");
        items.tickAfter(3_600_001);
        assertThat(refusal(items.appeal("a2", "i1", VIOLATION, "olga"))).isEqualTo("appeal_late");
    }

    @Test
    void aQuestionWithoutRulesTakesNoAppeals() {
        items.check();
        items = new ItemsTrial();
        items.interaction("i1", 1);
        assertThat(refusal(items.appeal("a1", "i1", VIOLATION, "olga"))).isEqualTo("appeals_not_taken");
    }

    @Test
    void anEscalationThatWasClosedOnWhatIsOverturnedOpensAgain() {
        items = new ItemsTrial(ItemsPolicies.only(
                ItemsPolicies.violation().setAppeals(ItemsPolicies.appeals()).build()));
        version = 0;
        items.interaction("i1", 1);
        label("f1", "rita", "violation", SURELY_NOT);
        label("f2", "sam", "ok", SURELY_OK);
        items.belief("i1", VIOLATION, ++version, 2, "f2", SURELY_OK);
        assertThat(items.facts(EscalationOpened.class)).hasSize(1);
        items.sendPublic(
                "i1",
                ActionAccepted.newBuilder()
                        .setEventId("r1")
                        .setActor("ada")
                        .setResolve(new Resolve(VIOLATION, "i1", "it was ok"))
                        .build());
        assertThat(items.facts(EscalationResolved.class)).hasSize(1);

        items.appeal("a1", "i1", VIOLATION, "olga");
        label("f3", "tom", "violation", SURELY_NOT);
        assertThat(items.facts(EscalationOpened.class))
                .as("no appeal is decided")
                .hasSize(1);
        List<SpecificRecord> facts = last("f4", "uma", SURELY_NOT);
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.OVERTURNED);
        assertThat(facts).filteredOn(EscalationOpened.class::isInstance).hasSize(1);
        assertThat(facts)
                .as("and somebody is told at once, or is going to be")
                .anyMatch(fact -> fact instanceof NotificationScheduled || fact instanceof GroupNotified);
        assertThat(items.question("i1", VIOLATION).getEscalation().getState()).isEqualTo("open");
    }

    @Test
    void anAppealThatUpholdsLeavesWhatWasClosed() {
        items = new ItemsTrial(ItemsPolicies.only(
                ItemsPolicies.violation().setAppeals(ItemsPolicies.appeals()).build()));
        version = 0;
        items.interaction("i1", 1);
        label("f1", "rita", "violation", SURELY_NOT);
        label("f2", "sam", "violation", SURELY_NOT);
        items.sendPublic(
                "i1",
                ActionAccepted.newBuilder()
                        .setEventId("r1")
                        .setActor("ada")
                        .setResolve(new Resolve(VIOLATION, "i1", "taken down"))
                        .build());
        assertThat(items.facts(EscalationResolved.class)).hasSize(1);
        items.appeal("a1", "i1", VIOLATION, "olga");
        label("f3", "tom", "violation", SURELY_NOT);
        label("f4", "uma", "violation", SURELY_NOT);
        assertThat(decision().getOutcome()).isEqualTo(AppealOutcome.UPHELD);
        assertThat(items.facts(EscalationOpened.class)).hasSize(1);
    }

    private List<SpecificRecord> last(String eventId, String rater, long[] belief) {
        items.label(eventId, "i1", rater, "violation");
        return items.belief("i1", VIOLATION, ++version, (int) counted(), eventId, belief);
    }
}
