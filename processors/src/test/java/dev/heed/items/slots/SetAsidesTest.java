package dev.heed.items.slots;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.Judged;
import dev.heed.fact.LabelAccepted;
import dev.heed.fact.LabelKept;
import dev.heed.fact.LabelSetAside;
import dev.heed.fact.LabelsRequested;
import dev.heed.items.Items;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.items.Slots;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.state.ItemQuestion;
import dev.heed.state.LabelStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An item wants two labels, and has room for three. */
class SetAsidesTest {
    private static final long[] SURELY_OK = {984_615, 15_385};

    private final ItemsTrial items = new ItemsTrial(
            ItemsPolicies.only(ItemsPolicies.violation().setEscalates(false).build()));

    @BeforeEach
    void anItemIsJudgedByTwo() {
        items.interaction("i1", 1);
        items.label("f1", "i1", "rita", "ok");
        items.label("f2", "i1", "sam", "ok");
        items.belief("i1", VIOLATION, 1, 1, "f1", SURELY_OK);
        items.belief("i1", VIOLATION, 2, 2, "f2", SURELY_OK);
        assertThat(items.facts(Judged.class)).hasSize(1);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void aLabelSetAsideHoldsNoSlotAndTheItemAsksSomebodyElse() {
        int asked = items.facts(LabelsRequested.class).size();
        setAside(3, "f1");
        assertThat(items.facts(LabelSetAside.class)).singleElement().satisfies(fact -> assertThat(fact.getRaterId())
                .isEqualTo("rita"));
        assertThat(Objects.requireNonNull(Slots.of(held(), "rita")).getStatus()).isEqualTo(LabelStatus.KEPT);
        assertThat(Slots.used(held())).isEqualTo(1);
        List<LabelsRequested> requests = items.facts(LabelsRequested.class);
        assertThat(requests).hasSize(asked + 1);
        assertThat(requests.get(asked).getTask().getLabelsWanted()).isEqualTo(1);
        assertThat(requests.get(asked).getTask().getExcludedRaters()).containsExactly("rita", "sam");

        items.label("f3", "i1", "tom", "ok");
        items.belief("i1", VIOLATION, 4, 2, "f3", SURELY_OK);
        Judgment judgment = Objects.requireNonNull(held().getJudgment());
        assertThat(Slots.countedLabels(held(), 9))
                .extracting(SubmittedLabel::getRaterId)
                .containsExactly("sam", "tom");
        assertThat(judgment.getClassName()).isEqualTo("ok");
    }

    @Test
    void aLabelThatIsNoLongerWhatTheRaterSaysIsLeftAlone() {
        items.label("f4", "i1", "rita", "violation");
        setAside(3, "f1");
        assertThat(items.facts(LabelSetAside.class)).isEmpty();
        assertThat(Slots.counted(held())).isEqualTo(2);
        // Calibration gets the later one after the suspension, and tells of it as well.
        setAside(4, "f4");
        assertThat(Slots.counted(held())).isEqualTo(1);
    }

    @Test
    void nobodyAskedASuspendedRater() {
        suspend(2);
        items.interaction("i2", 1);
        items.label("g1", "i2", "rita", "ok");
        assertThat(items.facts(LabelKept.class)).singleElement().satisfies(kept -> assertThat(kept.getReason())
                .startsWith("suspended"));
        // A lease is a slot already; what becomes of its answer, calibration says.
        items.interaction("i4", 1);
        items.lease("i4", "rita", "task-1");
        items.label("g2", "i4", "rita", "ok");
        assertThat(items.facts(LabelAccepted.class)).hasSize(3);
        // An older standing changes nothing.
        items.send("violation", standing(RaterStatus.ACTIVE, 1));
        assertThat(items.facts(DuplicateIgnored.class)).hasSize(1);
        items.send("violation", standing(RaterStatus.PROBATION, 3));
        items.interaction("i3", 1);
        items.label("h1", "i3", "rita", "ok");
        assertThat(items.facts(LabelAccepted.class)).hasSize(4);
    }

    private void suspend(long version) {
        items.send("violation", standing(RaterStatus.SUSPENDED, version));
    }

    private static RaterStanding standing(RaterStatus status, long version) {
        return new RaterStanding("rita", VIOLATION, RaterKind.HUMAN, status, 1, version);
    }

    private void setAside(long version, String labelId) {
        BeliefUpdated belief = items.beliefOf("i1", VIOLATION, version, 1, labelId, false, SURELY_OK);
        belief.setSetAsideLabelIds(List.of(labelId));
        items.send("i1", belief);
    }

    private ItemQuestion held() {
        return Items.question(items.stage().state(), "i1", VIOLATION);
    }
}
