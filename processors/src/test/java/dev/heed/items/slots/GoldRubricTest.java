package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Gold;
import dev.heed.event.RowCause;
import dev.heed.event.RowOp;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GoldAnswered;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.GoldSetAside;
import dev.heed.fact.Judged;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LeaseRefused;
import dev.heed.fact.RowChanged;
import dev.heed.items.Items;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.items.Slots;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.LeaseGranted;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.policy.Policy;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A known answer is the answer under a rubric. The item wants two labels, has room for three, and its rubric is r1. */
class GoldRubricTest {
    private static final long[] SURELY_OK = {984_615, 15_385};

    private final ItemsTrial items = new ItemsTrial(policy(1, "r1"));

    private static Policy policy(int version, String rubric, String... comparable) {
        Policy policy = ItemsPolicies.only(ItemsPolicies.violation()
                .setEscalates(false)
                .setRubricVersion(rubric)
                .setComparableRubrics(List.of(comparable))
                .build());
        policy.setPolicyVersion(version);
        policy.setEventId("policy-" + version);
        return policy;
    }

    @BeforeEach
    void anItemMayTrain() {
        items.interaction("i1", 1);
        items.consent("i1", 1, true);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void theFactNamesTheRubricInForceOrTheOneThatIsSaid() {
        items.gold("g1", "i1", VIOLATION, "violation");
        follow(policy(2, "r2", "r1"));
        gold("g2", "violation", "r1");
        gold("g3", "violation", "");
        assertThat(items.facts(GoldRecorded.class))
                .extracting(recorded -> recorded.getGold().getRubricVersion())
                .containsExactly("r1", "r1", "r2");
        assertThat(items.sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class))
                .extracting(CalibrationEvent::getGold)
                .filteredOn(Objects::nonNull)
                .last()
                .isEqualTo(new GoldAssigned("i1", VIOLATION, "violation", "r2"));
        assertThat(items.goldOffers()).last().satisfies(offered -> assertThat(offered.getRubricVersion())
                .isEqualTo("r2"));
    }

    @Test
    void anAnswerUnderASupersededRubricIsRefused() {
        follow(policy(2, "r2"));
        assertThat(gold("g1", "violation", "r1"))
                .singleElement()
                .isInstanceOfSatisfying(EventRefused.class, refused -> {
                    assertThat(refused.getReasonCode()).isEqualTo("rubric_superseded");
                    assertThat(refused.getReason())
                            .isEqualTo("gold.rubric_version: r1 (expected: r2 or comparable: [])");
                });
    }

    @Test
    void whenItsRubricIsSupersededTheItemIsOneLikeAnyOther() {
        items.gold("g1", "i1", VIOLATION, "violation");
        items.goldBelief("i1", VIOLATION, 1, 0, 1_000_000);
        serve("rita");
        items.label("t1", "i1", "rita", "violation");
        assertThat(items.submitted()).last().satisfies(label -> assertThat(label.getGold())
                .isTrue());
        serve("sam");
        follow(policy(2, "r2"));
        superseded(2, "r1", "t1");

        assertThat(items.facts(GoldSetAside.class)).singleElement().satisfies(setAside -> {
            assertThat(setAside.getClassName()).isEqualTo("violation");
            assertThat(setAside.getRubricVersion()).isEqualTo("r1");
        });
        assertThat(items.goldOffers()).last().satisfies(offered -> {
            assertThat(offered.getSetAside()).isTrue();
            assertThat(offered.getRubricVersion()).isEqualTo("r1");
        });
        assertThat(judgment().getSuperseded()).isTrue();
        assertThat(judgment().getRubricVersion()).isEqualTo("r1");
        assertThat(items.stage().sent(Channel.JUDGMENTS))
                .as("that it was gold stays untold")
                .allMatch(sent -> sent.value() == null);
        LabelsRequested asked = last(items.facts(LabelsRequested.class));
        assertThat(asked.getTask().getLabelsWanted()).isEqualTo(2);
        assertThat(asked.getTask().getRubricVersion()).isEqualTo("r2");

        // Who was served it as gold stays apart from its slots, whether they answered in time or not.
        assertThat(items.lease("i1", "rita", "task-1")).hasOnlyElementsOfType(LeaseRefused.class);
        items.label("t2", "i1", "sam", "ok");
        assertThat(items.facts(GoldAnswered.class)).last().matches(GoldAnswered::getLeased);
        assertThat(Slots.used(question())).isZero();
        assertThat(serve("tom")).hasOnlyElementsOfType(LeaseRefused.class);

        // Two others say ok by the new rubric: judged, published, and a row.
        items.lease("i1", "uma", "task-2");
        items.label("f1", "i1", "uma", "ok");
        items.label("f2", "i1", "vic", "ok");
        assertThat(items.submitted()).last().satisfies(label -> assertThat(label.getGold())
                .isFalse());
        items.belief("i1", VIOLATION, 3, 1, "f1", SURELY_OK);
        items.belief("i1", VIOLATION, 4, 2, "f2", SURELY_OK);
        assertThat(judgment().getSuperseded()).isFalse();
        assertThat(judgment().getClassName()).isEqualTo("ok");
        assertThat(judgment().getRubricVersion()).isEqualTo("r2");
        assertThat(items.stage().sent(Channel.JUDGMENTS)).last().matches(sent -> sent.value() != null);
        assertThat(lastDelta().getOp()).isEqualTo(RowOp.ADD);

        // Known anew, under the new rubric: it takes the place of both.
        items.gold("g2", "i1", VIOLATION, "violation");
        items.goldBelief("i1", VIOLATION, 5, 0, 1_000_000);
        assertThat(judgment().getRubricVersion()).isEqualTo("r2");
        assertThat(lastDelta().getCauseKind()).isEqualTo(RowCause.GOLD);
        assertThat(items.goldOffers()).last().satisfies(offered -> {
            assertThat(offered.getSetAside()).isFalse();
            assertThat(offered.getCorrection()).as("raters have seen it").isTrue();
        });
    }

    @Test
    void labelsThatCountTakeThePlaceOfTheAnswerAtOnce() {
        twoSayOkAndThenItIsKnownByTheRubricBefore();
        items.goldBelief("i1", VIOLATION, 2, 0, 1_000_000);
        assertThat(lastDelta().getOp()).isEqualTo(RowOp.RETRACT);
        follow(policy(3, "r3", "r2"));
        BeliefUpdated belief = items.beliefOf("i1", VIOLATION, 3, 2, "rubric_superseded", false, SURELY_OK);
        belief.setSupersededGoldRubric("r1");
        items.send("i1", belief);
        assertThat(judgment().getClassName()).isEqualTo("ok");
        assertThat(judgment().getSuperseded()).isFalse();
        assertThat(lastDelta().getOp()).isEqualTo(RowOp.ADD);
        assertThat(lastDelta().getCauseKind()).isEqualTo(RowCause.RUBRIC_SUPERSEDED);
    }

    @Test
    void whatWasJudgedBeforeTheAnswerTrainsAgainWhenNothingWasJudgedByIt() {
        twoSayOkAndThenItIsKnownByTheRubricBefore();
        assertThat(lastDelta().getOp()).isEqualTo(RowOp.RETRACT);
        follow(policy(3, "r3", "r2"));
        BeliefUpdated belief = items.beliefOf("i1", VIOLATION, 2, 2, "rubric_superseded", false, SURELY_OK);
        belief.setSupersededGoldRubric("r1");
        items.send("i1", belief);
        assertThat(lastDelta().getOp()).isEqualTo(RowOp.ADD);
        assertThat(lastDelta().getCauseKind()).isEqualTo(RowCause.RUBRIC_SUPERSEDED);
    }

    @Test
    void anAnswerGivenAnewIsNotSetAsideWithTheOld() {
        items.gold("g1", "i1", VIOLATION, "violation");
        follow(policy(2, "r2"));
        items.gold("g2", "i1", VIOLATION, "ok");
        superseded(1, "r1");
        assertThat(items.facts(GoldSetAside.class)).isEmpty();
        assertThat(items.facts(Judged.class)).isEmpty();
        items.goldBelief("i1", VIOLATION, 2, 1_000_000, 0);
        assertThat(judgment().getClassName()).isEqualTo("ok");
    }

    @Test
    void anItemIsNotJudgedByAnAnswerThatIsAboutToBeSetAside() {
        items.gold("g1", "i1", VIOLATION, "violation");
        follow(policy(2, "r2"));
        items.goldBelief("i1", VIOLATION, 1, 0, 1_000_000);
        assertThat(items.facts(Judged.class)).isEmpty();
        superseded(2, "r1");
        assertThat(items.facts(Judged.class)).isEmpty();
        assertThat(question().getGoldClass()).isNull();
    }

    private void twoSayOkAndThenItIsKnownByTheRubricBefore() {
        follow(policy(2, "r2", "r1"));
        items.label("f1", "i1", "uma", "ok");
        items.label("f2", "i1", "vic", "ok");
        items.belief("i1", VIOLATION, 1, 2, "f2", SURELY_OK);
        gold("g1", "violation", "r1");
    }

    private List<SpecificRecord> gold(String eventId, String className, String rubric) {
        return items.sendPublic(
                "i1",
                ActionAccepted.newBuilder()
                        .setEventId(eventId)
                        .setActor("curator")
                        .setGold(new Gold("i1", VIOLATION, className, rubric))
                        .build());
    }

    private void follow(Policy policy) {
        items.send("policies", policy);
    }

    private void superseded(long version, String rubric, String... labelIds) {
        BeliefUpdated belief =
                items.beliefOf("i1", VIOLATION, version, 0, "rubric_superseded", false, 500_000, 500_000);
        belief.setSupersededGoldRubric(rubric);
        belief.setSupersededLabelIds(List.of(labelIds));
        items.send("i1", belief);
    }

    private List<SpecificRecord> serve(String rater) {
        LeaseGranted lease = items.leaseOf("i1", rater, "gold-" + rater, 1_000_000);
        lease.setGold(true);
        return items.send("i1", lease);
    }

    private ItemQuestion question() {
        return Items.question(items.stage().state(), "i1", VIOLATION);
    }

    private Judgment judgment() {
        return Objects.requireNonNull(question().getJudgment());
    }

    private Delta lastDelta() {
        return last(items.facts(RowChanged.class)).getDelta();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
