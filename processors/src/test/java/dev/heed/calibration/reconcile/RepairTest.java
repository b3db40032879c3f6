package dev.heed.calibration.reconcile;

import static dev.heed.calibration.CalibrationTrial.CLASSES;
import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.RepairAdvanced;
import dev.heed.policy.Calibration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RepairTest {
    private final CalibrationTrial trial = new CalibrationTrial();

    @Test
    void anEarlyItemFollowsWhatIsLearnedOfItsRaters() {
        trial.submit("a", human("a1", "anna", "bad"), human("a2", "zoe", "ok"));
        assertThat(trial.bad("a")).isEqualTo(500_000);
        // Ben agrees with Anna, and Zoe never does.
        for (int i = 0; i < 8; i++) {
            String item = "b" + i;
            trial.submit(
                    item,
                    human(item + "1", "anna", "bad"),
                    human(item + "2", "ben", "bad"),
                    human(item + "3", "zoe", "ok"));
        }
        assertThat(trial.bad("a")).isEqualTo(500_000);
        // The walk has come to the last item, and begins again.
        trial.submit("b0", human("b04", "carl", "bad"));
        assertThat(trial.item("a").getHeld()).hasSize(2);
        assertThat(trial.bad("a")).isGreaterThan(700_000);
        BeliefUpdated told = trial.told().stream()
                .filter(each -> each.getInteractionId().equals("a"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(told.getCausedBy()).isEqualTo("reconcile");
        assertThat(told.getHumanLabels()).isEqualTo(2);
        assertThat(told.getBeliefMicros()).isEqualTo(trial.item("a").getBeliefMicros());
        assertThat(told.getLabelSetVersion()).isEqualTo(trial.item("a").getLabelSetVersion());
        trial.check();
    }

    @Test
    void itemsAreLookedAtInTurnsAndTheWalkBeginsAgain() {
        assertThat(lookedAt(trial.submit("b", human("b1", "anna", "bad")))).containsExactly("b");
        assertThat(lookedAt(trial.submit("c", human("c1", "anna", "bad")))).containsExactly("c");
        assertThat(lookedAt(trial.submit("a", human("a1", "anna", "ok")))).containsExactly("a");
        assertThat(lookedAt(trial.submit("c", human("c2", "ben", "ok")))).containsExactly("b");
        assertThat(lookedAt(trial.withdraw("c", "c2"))).containsExactly("c");
        assertThat(lookedAt(trial.gold("c", "bad"))).containsExactly("a");
        // What changes no label looks at nothing.
        assertThat(lookedAt(trial.submit("c", human("c2", "ben", "ok")))).isEmpty();
        trial.check();
    }

    @Test
    void asManyItemsAsThePolicySaysAndNoneTwice() {
        CalibrationTrial three = new CalibrationTrial(
                CLASSES, Calibration.newBuilder().setRepairsPerLabel(3).build());
        three.submit("a", human("a1", "anna", "bad"));
        assertThat(lookedAt(three.submit("b", human("b1", "anna", "bad")))).containsExactly("b", "a");
        three.submit("c", human("c1", "anna", "bad"));
        assertThat(lookedAt(three.submit("d", human("d1", "anna", "bad"))))
                .hasSize(3)
                .doesNotHaveDuplicates();
        three.check();
    }

    @Test
    void aKnownAnswerAndASmallMoveAreLeftAlone() {
        trial.submit("a", human("a1", "anna", "bad"));
        trial.gold("a", "ok");
        List<SpecificRecord> facts = trial.submit("b", human("b1", "anna", "bad"));
        assertThat(facts).filteredOn(BeliefMove.class::isInstance).hasSize(1);
        assertThat(trial.bad("a")).isZero();

        CalibrationTrial calm = new CalibrationTrial(
                CLASSES, Calibration.newBuilder().setToleranceMicros(1_000_000).build());
        calm.submit("a", human("a1", "anna", "bad"));
        long before = calm.bad("a");
        for (int i = 0; i < 5; i++) {
            calm.submit("b" + i, human("b" + i, "anna", "bad"), human("c" + i, "ben", "ok"));
        }
        assertThat(calm.bad("a")).isEqualTo(before);
    }

    @Test
    void noLabelVouchesForItself() {
        // One rater says the same of one item and of another; what the item holds already is no evidence about them.
        trial.submit("a", human("a1", "anna", "bad"));
        long alone = trial.bad("a");
        trial.gold("b", "ok");
        trial.submit("a", human("a1", "anna", "bad"));
        trial.submit("a", human("a2", "anna", "bad"));
        // Only the prior has moved, towards the known answer.
        assertThat(trial.bad("a")).isBetween(600_000L, alone - 1);
        trial.check();
    }

    private static List<String> lookedAt(List<SpecificRecord> facts) {
        return facts.stream()
                .filter(RepairAdvanced.class::isInstance)
                .flatMap(fact -> ((RepairAdvanced) fact).getLookedAt().stream())
                .toList();
    }
}
