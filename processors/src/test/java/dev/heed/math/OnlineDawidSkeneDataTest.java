package dev.heed.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.SharedFiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Repaired online Dawid–Skene with integer counts on real label sets, against an independent implementation.
 *
 * <p>The reference is the plain formula: s = 2, no tilt. Labels come in the order of SHA-256("seed|item|worker") in
 * hexadecimal. An item is scored by the belief it got at its own last label, not by one recomputed at the end, and the
 * lowest class wins a tie. When a label comes, the belief is computed from the counts before it, in which the item's
 * earlier labels stand with its earlier belief.
 */
@Tag("slow")
class OnlineDawidSkeneDataTest {
    private static final int RECONCILE_PASSES = 10;

    @Test
    void matchesTheReferenceOnEverySetAndOrder() {
        for (SharedFiles.Row row : SharedFiles.csv("reference/online_calibration.csv")) {
            LabelSet set = LabelSet.read(row.get("set"));
            assertThat(set.labels()).hasSize(Integer.parseInt(row.get("rows")));
            for (int seed = 1; seed <= 3; seed++) {
                OnlineDawidSkene online = run(set, seed);
                assertThat(accuracy(set, online))
                        .as("%s, order %d", row.get("set"), seed)
                        .isCloseTo(Double.parseDouble(row.get("online_seed" + seed)), within(0.003));
                assertThat(online.counts()).usingElementComparator(LONGS).isEqualTo(online.recomputed());
            }
        }
    }

    @Test
    void reconcilingMatchesTheReference() {
        for (SharedFiles.Row row : SharedFiles.csv("reference/online_calibration.csv")) {
            LabelSet set = LabelSet.read(row.get("set"));
            double sum = 0;
            for (int seed = 1; seed <= 3; seed++) {
                OnlineDawidSkene online = run(set, seed);
                for (int pass = 0; pass < RECONCILE_PASSES; pass++) {
                    online.reconcile();
                }
                sum += accuracy(set, online);
            }
            assertThat(sum / 3)
                    .as(row.get("set"))
                    .isCloseTo(Double.parseDouble(row.get("reconciled_mean")), within(0.003));
        }
    }

    @Test
    void takingEveryLabelBackLeavesNothing() {
        LabelSet set = LabelSet.read("bluebird");
        OnlineDawidSkene online = run(set, 1);
        for (LabelSet.Label label : set.labels()) {
            online.retract(label.item(), label.worker());
        }
        assertThat(online.isEmpty()).isTrue();
    }

    @Test
    void replacingALabelIsTakingItBackFirst() {
        OnlineDawidSkene online = new OnlineDawidSkene(2, false);
        online.label("a", "anna", 0);
        online.label("a", "ben", 1);
        online.label("b", "anna", 1);
        online.label("a", "anna", 1);
        assertThat(online.counts()).usingElementComparator(LONGS).isEqualTo(online.recomputed());
        assertThat(Belief.argmax(online.beliefOf("a"))).isEqualTo(1);
    }

    private static final Comparator<long[]> LONGS = Arrays::compare;

    private static OnlineDawidSkene run(LabelSet set, int seed) {
        OnlineDawidSkene online = new OnlineDawidSkene(set.classes().size(), false);
        for (LabelSet.Label label : set.arrivals(seed)) {
            online.label(label.item(), label.worker(), set.classes().indexOf(label.label()));
        }
        return online;
    }

    private static double accuracy(LabelSet set, OnlineDawidSkene online) {
        double right = 0;
        for (Map.Entry<String, String> gold : set.gold().entrySet()) {
            String answer = set.classes().get(Belief.argmax(online.beliefOf(gold.getKey())));
            right += answer.equals(gold.getValue()) ? 1 : 0;
        }
        return right / set.gold().size();
    }
}
