package dev.heed.items.judgment;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.RowOp;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.Judged;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelSetAside;
import dev.heed.fact.LabelsRequested;
import dev.heed.fact.LeaseRecorded;
import dev.heed.fact.RowChanged;
import dev.heed.items.Items;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.items.Slots;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An item wants two labels, and has room for three. Two people said ok under rubric r1, and it makes a row. */
class RubricsJudgedTest {
    private static final long[] SURELY_OK = {984_615, 15_385};
    private static final long[] UNKNOWN = {500_000, 500_000};

    private final ItemsTrial items = new ItemsTrial(ItemsPolicies.only(question("r1")));

    private static Question question(String rubric, String... comparable) {
        return ItemsPolicies.violation()
                .setEscalates(false)
                .setRubricVersion(rubric)
                .setComparableRubrics(List.of(comparable))
                .build();
    }

    @BeforeEach
    void anItemIsJudgedByTwo() {
        items.interaction("i1", 1);
        items.consent("i1", 1, true);
        items.label("f1", "i1", "rita", "ok");
        items.label("f2", "i1", "sam", "ok");
        items.belief("i1", VIOLATION, 1, 1, "f1", SURELY_OK);
        items.belief("i1", VIOLATION, 2, 2, "f2", SURELY_OK);
        assertThat(judgment().getRubricVersion()).isEqualTo("r1");
        assertThat(lastRow().getDelta().getOp()).isEqualTo(RowOp.ADD);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void aJudgmentUnderASupersededRubricIsMarkedItsRowRetractedAndTheItemAskedAboutAnew() {
        install(2, question("r2"));
        superseded(3, "f1", "f2");

        assertThat(items.facts(LabelSetAside.class))
                .extracting(LabelSetAside::getSuperseded)
                .containsExactly(true, true);
        Judgment marked = judgment();
        assertThat(marked.getSuperseded()).isTrue();
        assertThat(marked.getReason()).isEqualTo("rubric_superseded");
        assertThat(marked.getRevision()).isEqualTo(2);
        assertThat(marked.getClassName()).isEqualTo("ok");
        assertThat(marked.getRubricVersion()).isEqualTo("r1");
        assertThat(marked.getLabels()).extracting(SubmittedLabel::getLabelId).containsExactly("f1", "f2");
        assertThat(lastRow().getDelta().getOp()).isEqualTo(RowOp.RETRACT);
        assertThat(lastRow().getDelta().getCause()).isEqualTo("rubric_superseded");
        LabelsRequested asked = last(items.facts(LabelsRequested.class));
        assertThat(asked.getTask().getLabelsWanted()).isEqualTo(2);
        assertThat(asked.getTask().getExcludedRaters()).isEmpty();
        assertThat(asked.getTask().getRubricVersion()).isEqualTo("r2");

        // The same people may answer again, by the other rubric.
        items.lease("i1", "rita", "task-1");
        assertThat(items.facts(LeaseRecorded.class)).hasSize(1);
        items.label("f3", "i1", "rita", "violation");
        items.label("f4", "i1", "sam", "violation");
        items.belief("i1", VIOLATION, 4, 1, "f3", 100_000, 900_000);
        assertThat(judgment().getSuperseded()).isTrue();
        items.belief("i1", VIOLATION, 5, 2, "f4", 15_385, 984_615);
        assertThat(judgment().getClassName()).isEqualTo("violation");
        assertThat(judgment().getSuperseded()).isFalse();
        assertThat(judgment().getRubricVersion()).isEqualTo("r2");
        assertThat(lastRow().getDelta().getOp()).isEqualTo(RowOp.ADD);
        assertThat(items.facts(Judged.class)).hasSize(3);
    }

    @Test
    void aComparableRubricLeavesTheJudgmentAlone() {
        install(2, question("r2", "r1"));
        items.label("f3", "i1", "tom", "ok");
        items.belief("i1", VIOLATION, 3, 3, "f3", SURELY_OK);
        assertThat(judgment().getSuperseded()).isFalse();
        assertThat(judgment().getLabels()).hasSize(3);
        assertThat(items.facts(RowChanged.class)).hasSize(1);
    }

    @Test
    void aBeliefThatWasOnItsWayIsNotJudgedBy() {
        install(2, question("r2"));
        items.belief("i1", VIOLATION, 3, 2, "f2", 400_000, 600_000);
        assertThat(items.facts(Judged.class)).hasSize(1);
        superseded(4, "f1", "f2");
        assertThat(judgment().getSuperseded()).isTrue();
    }

    @Test
    void aLabelIsUnderTheRubricItsRaterNamesOrWasShownOrCouldRead() {
        items.interaction("i2", 1);
        LeaseGranted lease = items.leaseOf("i2", "rita", "task-1", 1_000_000);
        lease.setRubricVersion("r1");
        items.send("i2", lease);
        install(2, question("r2"));
        items.label("g1", "i2", "rita", "ok");
        items.label("g2", "i2", "sam", "ok");
        assertThat(items.facts(LabelAccepted.class).subList(2, 4))
                .extracting(accepted -> last(accepted.getLabels().getLabels()).getRubricVersion())
                .containsExactly("r1", "r2");
        items.sendPublic(
                "i2",
                ItemsTrial.feedback("g3", "i2", "tom")
                        .setClassName("ok")
                        .setRubricVersion("r1")
                        .build());
        assertThat(items.facts(LabelKept.class)).singleElement().satisfies(kept -> {
            assertThat(kept.getReason())
                    .isEqualTo("rubric_superseded: given under r1 (expected: r2 or comparable: [])");
            assertThat(kept.getSuperseded()).isTrue();
        });
        ItemQuestion held = Items.question(items.stage().state(), "i2", VIOLATION);
        assertThat(Objects.requireNonNull(Slots.of(held, "tom")).getStatus()).isEqualTo(LabelStatus.SUPERSEDED);
        assertThat(Slots.excluded(held)).containsExactly("rita", "sam");
    }

    @Test
    void thatLabelsWereSetAsideClosesNoEscalation() {
        ItemsTrial escalating = new ItemsTrial(escalating(1, "r1"));
        escalating.interaction("i1", 1);
        escalating.label("f1", "i1", "rita", "violation");
        escalating.belief("i1", VIOLATION, 1, 1, "f1", 5_000, 995_000);
        assertThat(escalating.facts(EscalationOpened.class)).hasSize(1);
        escalating.send("policies", escalating(2, "r2"));
        BeliefUpdated belief = escalating.beliefOf("i1", VIOLATION, 2, 0, "rubric_superseded", false, 999_000, 1_000);
        belief.setSupersededLabelIds(List.of("f1"));
        escalating.send("i1", belief);
        assertThat(escalating.facts(EscalationSubsided.class)).isEmpty();
        // What people say under the other rubric may.
        escalating.label("f2", "i1", "sam", "ok");
        escalating.belief("i1", VIOLATION, 3, 1, "f2", 999_000, 1_000);
        assertThat(escalating.facts(EscalationSubsided.class)).hasSize(1);
        escalating.check();
    }

    private static Policy escalating(int version, String rubric) {
        Policy policy = ItemsPolicies.only(
                ItemsPolicies.violation().setRubricVersion(rubric).build());
        policy.setPolicyVersion(version);
        policy.getEscalationLevels().forEach(level -> level.setResolveBelowMicros(1_000_000));
        return policy;
    }

    private void install(int version, Question question) {
        Policy policy = ItemsPolicies.only(question);
        policy.setPolicyVersion(version);
        policy.setEventId("policy-" + version);
        items.send("policies", policy);
    }

    private void superseded(long version, String... labelIds) {
        BeliefUpdated belief = items.beliefOf("i1", VIOLATION, version, 0, "rubric_superseded", false, UNKNOWN);
        belief.setSupersededLabelIds(List.of(labelIds));
        items.send("i1", belief);
    }

    private Judgment judgment() {
        return Objects.requireNonNull(
                Items.question(items.stage().state(), "i1", VIOLATION).getJudgment());
    }

    private RowChanged lastRow() {
        return last(items.facts(RowChanged.class));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
