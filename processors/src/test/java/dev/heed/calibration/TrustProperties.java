package dev.heed.calibration;

import static dev.heed.calibration.CalibrationTrial.human;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.RaterKind;
import dev.heed.fact.RaterEvidence;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.SuspendedAreSilent;
import dev.heed.journal.SubmittedLabel;
import dev.heed.state.RaterTrack;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of trust over any history of labels, gold, corrected gold, suspensions and returns. */
class TrustProperties {
    private static final int RATERS = 3;
    private static final int ITEMS = 12;

    private enum Kind {
        LABEL,
        BLIND_GOLD,
        CORRECT,
        WITHDRAW,
        REINSTATE,
        TICK
    }

    private record Act(Kind kind, int item, int rater, boolean bad) {}

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void countsAreSumsAndTheSuspendedAreSilentAtEveryMoment(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = trial();
        for (int i = 0; i < history.size(); i++) {
            act(trial, history.get(i), i);
            if (i % 5 == 0) {
                new CountsAreSums().check(trial.stage());
                new SuspendedAreSilent().check(trial.stage());
            }
        }
        trial.check();
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void theTestIsThatOfTheAnswersKept(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = trial();
        for (int i = 0; i < history.size(); i++) {
            act(trial, history.get(i), i);
        }
        for (int rater = 0; rater < RATERS; rater++) {
            RaterTrack track =
                    Standings.find(trial.stage().state(), CalibrationTrial.QUESTION, RaterKind.HUMAN, "rater-" + rater);
            if (track != null) {
                RaterEvidence gold = track.getGold();
                String inTest = track.getOutcomes()
                        .substring((int) Math.max(0, track.getTestSequence() - track.getFirstSequence()));
                long base = track.getGoldBase().getAnswers();
                assertThat(gold.getAnswers()).isEqualTo(base + inTest.length());
                assertThat(gold.getRight())
                        .isEqualTo(track.getGoldBase().getRight()
                                + inTest.chars().filter(each -> each == '1').count());
                assertThat(track.getOutcomes().length()).isLessThanOrEqualTo(6);
            }
        }
    }

    private static CalibrationTrial trial() {
        CalibrationTrial trial = new CalibrationTrial();
        trial.trust(CalibrationTrial.rule()
                .setSuspensionMs(20_000)
                .setOutcomeMemory(6)
                .setProbationGolds(3)
                .setSetAsidePerTick(2)
                .build());
        return trial;
    }

    private static void act(CalibrationTrial trial, Act act, int at) {
        String item = "item-" + act.item();
        String rater = "rater-" + act.rater();
        switch (act.kind()) {
            case LABEL -> trial.submit(item, human("label-" + at, rater, act.bad() ? "bad" : "ok"));
            case BLIND_GOLD -> {
                String gold = "gold-" + at;
                trial.gold(gold, "bad");
                SubmittedLabel label = human("label-" + at, rater, act.bad() ? "bad" : "ok");
                label.setBlind(true);
                trial.submit(gold, label);
            }
            case CORRECT -> trial.gold("gold-" + Math.floorMod(at - act.item(), at + 1), act.bad() ? "bad" : "ok");
            case WITHDRAW -> trial.withdraw(item, "label-" + Math.floorMod(at - act.item(), at + 1));
            case REINSTATE -> trial.reinstate("reinstate-" + at, rater);
            case TICK -> trial.stage().tickAfter(3_000);
        }
    }

    @Provide
    Arbitrary<List<Act>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.LABEL),
                Tuple.of(8, Kind.BLIND_GOLD),
                Tuple.of(2, Kind.CORRECT),
                Tuple.of(1, Kind.WITHDRAW),
                Tuple.of(1, Kind.REINSTATE),
                Tuple.of(3, Kind.TICK));
        Arbitrary<Act> acts = Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, ITEMS - 1),
                        Arbitraries.integers().between(0, RATERS - 1),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true))))
                .as(Act::new);
        return acts.list().ofMinSize(20).ofMaxSize(90).map(ArrayList::new);
    }
}
