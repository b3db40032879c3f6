package dev.heed.calibration;

import static dev.heed.calibration.CalibrationTrial.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.core.Keys;
import dev.heed.core.StageRunner;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.ReconcileFinished;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Calibration;
import dev.heed.policy.Question;
import dev.heed.policy.RatingScale;
import dev.heed.state.ItemLabels;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.avro.specific.SpecificRecord;

/** Laws of the calibration stage over any history. */
class CalibrationProperties {
    private static final List<String> CLASSES = List.of("a", "b", "c");
    private static final List<RaterKind> KINDS = List.of(RaterKind.HUMAN, RaterKind.HUMAN, RaterKind.DETECTOR);
    private static final int RATERS = 7;
    private static final Set<Kind> ONCE = EnumSet.of(Kind.TICK, Kind.RECONCILE, Kind.RUBRIC);
    // What machines said outlives a rubric; a reconcile run would go on after it.
    private static final Set<Kind> ELSEWHERE = EnumSet.of(Kind.SUBMIT_TWO, Kind.RECONCILE);
    private static final RatingScale SCALE = new RatingScale(-500_000L, 500_000L, 500_000L);

    private enum Kind {
        SUBMIT,
        SUBMIT_TWO,
        REPEAT,
        WITHDRAW,
        GOLD,
        TEST,
        TICK,
        RECONCILE,
        RUBRIC
    }

    /** One thing that happens; labels are numbered by where they stand in the history. */
    private record Act(Kind kind, int item, int rater, int said, int earlier) {}

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void countsAreSumsAndHistoryReplays(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = trial(history);
        play(trial, history, false);
        trial.check();
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void countsAreSumsAtEveryMoment(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = trial(history);
        for (int i = 0; i < history.size(); i++) {
            play(trial, history, i, false);
            new CountsAreSums().check(trial.stage());
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void repeatsChangeNothing(@ForAll("histories") List<Act> history) {
        CalibrationTrial once = trial(history);
        play(once, history, false);
        CalibrationTrial repeated = trial(history);
        play(repeated, history, true);
        assertThat(entries(repeated)).isEqualTo(entries(once));
        assertThat(repeated.told()).isEqualTo(once.told());
        repeated.check();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void beliefsAreDistributionsAndVersionsRise(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = trial(history);
        play(trial, history, false);
        Map<String, Long> versions = new TreeMap<>();
        trial.told().forEach(told -> {
            assertThat(told.getBeliefMicros()).allMatch(share -> share >= 0);
            assertThat(told.getBeliefMicros().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(1_000_000);
            assertThat(told.getLabelSetVersion()).isEqualTo(versions.merge(told.getInteractionId(), 1L, Long::sum));
        });
        trial.stage().state().withPrefix("item", ItemLabels.class, 100).forEach(entry -> assertThat(
                        entry.value().getHeld())
                .extracting(SubmittedLabel::getRaterId)
                .doesNotHaveDuplicates());
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void withdrawingEverythingLeavesNothing(@ForAll("histories") List<Act> history) {
        CalibrationTrial trial = trial(history);
        play(trial, history.stream().filter(act -> act.kind() != Kind.GOLD).toList(), false);
        for (int item = 0; item < 4; item++) {
            ItemLabels held = trial.stage()
                    .state()
                    .get(CalibrationKeys.item(CalibrationTrial.QUESTION, "item-" + item), ItemLabels.class);
            if (held != null) {
                String id = "item-" + item;
                held.getHeld().forEach(label -> trial.withdraw(id, label.getLabelId()));
            }
        }
        assertThat(trial.counts().beliefSums()).containsOnly(0);
        assertThat(trial.stage().state().entries().keySet())
                .noneMatch(key -> key.startsWith("tally\0")
                        || key.startsWith("pooled\0")
                        || key.startsWith("pairs\0")
                        || key.startsWith("explored-pairs\0"));
        trial.check();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void afterAReconcileRunNothingWouldMove(@ForAll("histories") List<Act> history) {
        Calibration calibration = Calibration.newBuilder()
                .setReconcileItemsPerTick(2)
                .setReconcileToleranceMicros(500)
                .setReconcileMostPasses(200)
                .build();
        CalibrationTrial trial = new CalibrationTrial(CLASSES, calibration);
        // Half of what happens, happens during the run.
        int half = history.size() / 2;
        for (int i = 0; i < history.size(); i++) {
            if (i == half) {
                trial.reconcile("first");
            }
            play(trial, history, i, false);
        }
        // The run may have ended before the history did.
        if (!isRunning(trial)) {
            trial.reconcile("again");
        }
        rest(trial);
        // The first run may have been over before the last labels came.
        trial.reconcile("second");
        rest(trial);
        trial.reconcile("last");
        List<SpecificRecord> facts = rest(trial);
        assertThat(facts).noneMatch(BeliefMove.class::isInstance);
        assertThat(facts)
                .filteredOn(ReconcileFinished.class::isInstance)
                .singleElement()
                .satisfies(fact ->
                        assertThat(((ReconcileFinished) fact).getPasses()).isEqualTo(1));
        trial.check();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anotherRubricIsAFreshStart(@ForAll("histories") List<Act> before, @ForAll("histories") List<Act> after) {
        List<Act> people = after.stream()
                .filter(act -> act.kind() == Kind.SUBMIT && KINDS.get(act.rater() % KINDS.size()) == RaterKind.HUMAN)
                .toList();
        Assume.that(!people.isEmpty());
        CalibrationTrial bumped = new CalibrationTrial(CalibrationTrial.underRubric(withoutRepairs()));
        play(
                bumped,
                before.stream()
                        .filter(act -> !ELSEWHERE.contains(act.kind()))
                        .filter(act -> KINDS.get(act.rater() % KINDS.size()) == RaterKind.HUMAN)
                        .toList(),
                false);
        bumped.rubric("new");
        CalibrationTrial fresh = new CalibrationTrial(
                Question.newBuilder(withoutRepairs()).setRubricVersion("new").build());
        for (int i = 0; i < people.size(); i++) {
            Act act = people.get(i);
            // The items of the old rubric are gone over meanwhile, and some are labelled before that.
            bumped.stage().tickAfter(1_000);
            for (CalibrationTrial trial : List.of(bumped, fresh)) {
                trial.submit(
                        "item-" + act.item(),
                        CalibrationTrial.under("new", "new-" + i, "rater-" + act.rater(), CLASSES.get(act.said())));
            }
            assertThat(bumped.item("item-" + act.item()).getBeliefMicros())
                    .isEqualTo(fresh.item("item-" + act.item()).getBeliefMicros());
        }
        assertThat(bumped.counts().beliefSums()).isEqualTo(fresh.counts().beliefSums());
        assertThat(bumped.agreement()).isEqualTo(fresh.agreement());
        bumped.check();
    }

    private static Question withoutRepairs() {
        return Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, CLASSES))
                .setCalibration(Calibration.newBuilder()
                        .setRepairsPerLabel(0)
                        .setRubricItemsPerTick(1)
                        .build())
                .build();
    }

    /** Ticks until a run that goes on has ended, by convergence. */
    private static List<SpecificRecord> rest(CalibrationTrial trial) {
        List<SpecificRecord> facts = new ArrayList<>();
        while (isRunning(trial)) {
            facts.addAll(trial.stage().tickAfter(1_000));
        }
        assertThat(facts).filteredOn(ReconcileFinished.class::isInstance).allMatch(fact -> ((ReconcileFinished) fact)
                .getConverged());
        return facts;
    }

    private static boolean isRunning(CalibrationTrial trial) {
        return trial.stage().state().entries().containsKey(Keys.of("reconcile", CalibrationTrial.QUESTION));
    }

    /** Every other history is of ratings, of which agreement keeps sums. */
    private static CalibrationTrial trial(List<Act> history) {
        return history.size() % 2 == 0
                ? new CalibrationTrial(
                        CalibrationTrial.underRubric(Policies.question(CalibrationTrial.QUESTION, CLASSES)))
                : new CalibrationTrial(Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, CLASSES))
                        .setKind(FeedbackKind.RATING)
                        .setRating(SCALE)
                        .setRubricVersion("r0")
                        .build());
    }

    private static void play(CalibrationTrial trial, List<Act> history, boolean repeating) {
        for (int i = 0; i < history.size(); i++) {
            play(trial, history, i, repeating);
        }
    }

    private static void play(CalibrationTrial trial, List<Act> history, int at, boolean repeating) {
        act(trial, history, at);
        // None is a repeat: time goes on, and intake lets an action or a policy through once.
        if (repeating && !ONCE.contains(history.get(at).kind()) && !isLateGold(history.get(at))) {
            act(trial, history, at);
            // Something from long ago comes again as well, unless it would be news.
            int earlier = Math.floorMod(history.get(at).earlier(), at + 1);
            if (history.get(earlier).kind() == Kind.SUBMIT) {
                act(trial, history, earlier);
            }
        }
    }

    private static void act(CalibrationTrial trial, List<Act> history, int at) {
        Act act = history.get(at);
        String item = "item-" + act.item();
        switch (act.kind()) {
            case SUBMIT -> trial.submit(item, propensity(act), labelOf(history, at));
            case SUBMIT_TWO ->
                trial.submit(
                        item,
                        labelOf(history, at),
                        label("second-" + at, "filter", RaterKind.DETECTOR, "acme", CLASSES.get(act.earlier() % 3)));
            case REPEAT -> repeat(trial, history, at);
            case WITHDRAW -> trial.withdraw(item, "label-" + Math.floorMod(act.earlier(), at + 1));
            case GOLD -> trial.gold("r" + rubrics(history, at, isLateGold(act)), item, CLASSES.get(act.said()));
            case TEST -> trial.submit(item, test(labelOf(history, at)));
            case TICK -> trial.stage().tickAfter(2_000);
            case RECONCILE -> trial.reconcile("reconcile-" + at);
            case RUBRIC -> {
                int before = rubrics(history, at);
                trial.rubric(
                        "r" + (before + 1),
                        IntStream.rangeClosed(0, before)
                                .filter(earlier -> act.said() > 0 && before - earlier < act.earlier() % 3)
                                .mapToObj(earlier -> "r" + earlier)
                                .toArray(String[]::new));
            }
        }
    }

    private static void repeat(CalibrationTrial trial, List<Act> history, int at) {
        int earlier = Math.floorMod(history.get(at).earlier(), at + 1);
        if (history.get(earlier).kind() == Kind.SUBMIT) {
            act(trial, history, earlier);
        }
    }

    /** How many rubrics came before. */
    private static int rubrics(List<Act> history, int at) {
        return (int) history.subList(0, at).stream()
                .filter(act -> act.kind() == Kind.RUBRIC)
                .count();
    }

    /** The one in force, or the one before it for what was under way when the policy came. */
    private static int rubrics(List<Act> history, int at, boolean late) {
        return Math.max(0, rubrics(history, at) - (late ? 1 : 0));
    }

    /** The item takes an action once, so calibration never hears twice of an answer that it does not keep. */
    private static boolean isLateGold(Act act) {
        return act.kind() == Kind.GOLD && act.earlier() % 7 == 0;
    }

    private static SubmittedLabel test(SubmittedLabel label) {
        return SubmittedLabel.newBuilder(label).setBlind(true).setGold(true).build();
    }

    private static long propensity(Act act) {
        return act.earlier() % 2 == 0 ? 1_000_000 : 30_000;
    }

    private static SubmittedLabel labelOf(List<Act> history, int at) {
        Act act = history.get(at);
        RaterKind kind = KINDS.get(act.rater() % KINDS.size());
        SubmittedLabel label = label("label-" + at, "rater-" + act.rater(), kind, "", CLASSES.get(act.said()));
        // Some answer under the rubric before, as a task that was handed out before the policy came is answered.
        label.setRubricVersion("r" + rubrics(history, at, act.earlier() % 7 == 0));
        label.setRatingMicros(SCALE.getLowestMicros() + act.said() * SCALE.getStepMicros());
        return label;
    }

    private static Map<String, SpecificRecord> entries(CalibrationTrial trial) {
        Map<String, SpecificRecord> entries =
                new TreeMap<>(trial.stage().state().entries());
        entries.remove(StageRunner.CLOCK_KEY);
        return entries;
    }

    @Provide
    Arbitrary<List<Act>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(8, Kind.SUBMIT),
                Tuple.of(3, Kind.SUBMIT_TWO),
                Tuple.of(2, Kind.REPEAT),
                Tuple.of(4, Kind.WITHDRAW),
                Tuple.of(2, Kind.GOLD),
                Tuple.of(2, Kind.TEST),
                Tuple.of(3, Kind.TICK),
                Tuple.of(1, Kind.RECONCILE),
                Tuple.of(1, Kind.RUBRIC));
        Arbitrary<Act> acts = Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, RATERS - 1),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1_000))
                .as(Act::new);
        return acts.list().ofMinSize(1).ofMaxSize(40).map(ArrayList::new);
    }
}
