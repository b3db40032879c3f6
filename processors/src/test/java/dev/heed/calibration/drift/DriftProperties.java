package dev.heed.calibration.drift;

import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.fact.OutcomeWatched;
import dev.heed.state.DriftWatch;
import dev.heed.state.RaterWatch;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the drift tests over any history of labels, revisions, withdrawals, known answers and time. */
class DriftProperties {
    private static final int ITEMS = 5;

    /** One thing that happens; {@code what} chooses among a label, a withdrawal, a known answer and time. */
    private record Act(int what, int item, int rater, boolean bad, int earlier) {}

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void eachRaterIsBetOnOncePerItemAndHistoryReplays(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = DriftStoryTest.trial(550_000);
        play(trial, history, false);
        List<OutcomeWatched> watched = trial.stage().facts(OutcomeWatched.class);
        assertThat(watched.stream().map(each -> each.getInteractionId() + "|" + each.getRaterId()))
                .doesNotHaveDuplicates();
        DriftWatch watch = Watch.read(trial.stage().state(), CalibrationTrial.QUESTION);
        assertThat(watch.getOutcomes()).isEqualTo(watched.size());
        assertThat(watch.getRaters()).extracting(RaterWatch::getRaterId).isSorted();
        trial.check();
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void repeatsChangeNothing(@ForAll("histories") List<Act> history) {
        CalibrationTrial once = DriftStoryTest.trial(550_000);
        play(once, history, false);
        CalibrationTrial repeated = DriftStoryTest.trial(550_000);
        play(repeated, history, true);
        assertThat(Watch.read(repeated.stage().state(), CalibrationTrial.QUESTION))
                .isEqualTo(Watch.read(once.stage().state(), CalibrationTrial.QUESTION));
        assertThat(repeated.alarms()).isEqualTo(once.alarms());
    }

    private static void play(CalibrationTrial trial, List<Act> history, boolean repeating) {
        for (int i = 0; i < history.size(); i++) {
            act(trial, history.get(i), i);
            if (repeating && history.get(i).what() != 0) {
                act(trial, history.get(i), i);
            }
        }
    }

    private static void act(CalibrationTrial trial, Act act, int at) {
        String item = "item-" + act.item();
        String said = act.bad() ? "bad" : "ok";
        switch (act.what()) {
            case 0 -> trial.stage().tickAfter(20_000);
            case 1 -> trial.withdraw(item, "label-" + act.earlier() % (at + 1));
            case 2 -> trial.gold(item, said);
            case 3, 4 -> trial.submit(item, DriftStoryTest.blind("label-" + at, "rater-" + act.rater(), said));
            default -> trial.submit(item, human("label-" + at, "rater-" + act.rater(), said));
        }
    }

    @Provide
    Arbitrary<List<Act>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, ITEMS - 1),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 100))
                .as(Act::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
