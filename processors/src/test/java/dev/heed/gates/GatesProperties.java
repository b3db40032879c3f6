package dev.heed.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Verdict;
import dev.heed.out.GateVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of a gate over any history of results. */
class GatesProperties {
    private static final int CLUSTERS = 25;

    /** A result of one of two slices, or with slice 2 a tick. */
    private record Act(int slice, int cluster, int tenths) {}

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void verdictsLatchAndHistoryReplays(@ForAll("histories") List<Act> history) {
        GatesTrial trial = new GatesTrial();
        trial.submit(GatesTrial.plan("e1", GatesTrial.slice("0", CLUSTERS), GatesTrial.slice("1", CLUSTERS)));
        history.forEach(act -> play(trial, act));
        Verdict latched = null;
        for (GateVerdict verdict : trial.verdicts()) {
            assertThat(latched == null || verdict.getVerdict() == latched).isTrue();
            assertThat(verdict.getLatched()).isEqualTo(verdict.getVerdict() != Verdict.UNKNOWN);
            latched = verdict.getLatched() ? verdict.getVerdict() : latched;
        }
        trial.stage().checkReplay();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyGateComesToAVerdict(@ForAll("histories") List<Act> history) {
        GatesTrial trial = new GatesTrial();
        trial.submit(GatesTrial.plan("e1", GatesTrial.slice("0", CLUSTERS), GatesTrial.slice("1", CLUSTERS)));
        history.forEach(act -> play(trial, act));
        trial.stage().tickAfter(GatesTrial.DEADLINE_MS);
        assertThat(trial.lastVerdict().getLatched()).isTrue();
        // Nothing is left to do, so nothing is left in the indexes.
        assertThat(trial.stage().state().entries().keySet())
                .noneMatch(key -> key.startsWith("deadline\0") || key.startsWith("waiting\0"));
        trial.stage().checkReplay();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfArrivalDoesNotMatter(@ForAll("histories") List<Act> history, @ForAll Random random) {
        List<Act> results = new ArrayList<>();
        boolean[][] seen = new boolean[2][CLUSTERS];
        for (Act act : history) {
            if (act.slice() < 2 && !seen[act.slice()][act.cluster()]) {
                seen[act.slice()][act.cluster()] = true;
                results.add(act);
            }
        }
        GatesTrial inOrder = played(results);
        List<Act> shuffled = new ArrayList<>(results);
        Collections.shuffle(shuffled, random);
        GatesTrial inAnother = played(shuffled);
        assertThat(inAnother.gate().getSlices()).isEqualTo(inOrder.gate().getSlices());
        assertThat(inAnother.gate().getVerdict()).isEqualTo(inOrder.gate().getVerdict());
        inOrder.stage().tickAfter(GatesTrial.DEADLINE_MS);
        inAnother.stage().tickAfter(GatesTrial.DEADLINE_MS);
        assertThat(inAnother.lastVerdict().getVerdict())
                .isEqualTo(inOrder.lastVerdict().getVerdict());
        // What was said last holds the evidence of when it was said; what is held holds all of it.
        assertThat(inAnother.gate().getSlices()).isEqualTo(inOrder.gate().getSlices());
    }

    private static GatesTrial played(List<Act> history) {
        GatesTrial trial = new GatesTrial();
        trial.submit(GatesTrial.plan("e1", GatesTrial.slice("0", CLUSTERS), GatesTrial.slice("1", CLUSTERS)));
        history.forEach(act -> play(trial, act));
        return trial;
    }

    private static void play(GatesTrial trial, Act act) {
        if (act.slice() == 2) {
            trial.stage().tickAfter(act.cluster() == 0 ? GatesTrial.DEADLINE_MS / 2 : 1_000);
        } else {
            trial.result(String.valueOf(act.slice()), "cluster-" + act.cluster(), act.tenths() * 100_000L);
        }
    }

    @Provide
    Arbitrary<List<Act>> histories() {
        Arbitrary<Act> acts = Combinators.combine(
                        Arbitraries.frequency(Tuple.of(10, 0), Tuple.of(10, 1), Tuple.of(1, 2)),
                        Arbitraries.integers().between(0, CLUSTERS - 1),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.integers().between(-10, 10)), Tuple.of(2, Arbitraries.of(10))))
                .as(Act::new);
        return acts.list().ofMinSize(1).ofMaxSize(120);
    }
}
