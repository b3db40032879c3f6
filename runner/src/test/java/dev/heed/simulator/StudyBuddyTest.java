package dev.heed.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.event.Consent;
import dev.heed.event.RaterProfile;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyBuddyTest {
    private static final int MANY = 4_000;

    private final StudyBuddy world = new StudyBuddy(1, "t");

    @Test
    void anEncounterFollowsFromSeedAndNumberAlone() {
        StudyBuddy same = new StudyBuddy(1, "t");
        same.encounter(99);

        for (int number : new int[] {7, 0, 7, 1000}) {
            assertThat(same.encounter(number)).isEqualTo(world.encounter(number));
            assertThat(same.verdicts(same.encounter(number))).isEqualTo(world.verdicts(world.encounter(number)));
        }
        assertThat(new StudyBuddy(2, "t").encounter(7)).isNotEqualTo(world.encounter(7));
    }

    @Test
    void anotherRunTellsTheSameStoryUnderOtherIds() {
        Encounter here = world.encounter(3);
        Encounter there = new StudyBuddy(1, "u").encounter(3);

        assertThat(there.shown()).isEqualTo(here.shown());
        assertThat(there.interaction().getPrompt()).isEqualTo(here.interaction().getPrompt());
        assertThat(there.interaction().getInteractionId())
                .isNotEqualTo(here.interaction().getInteractionId());
    }

    @Test
    void anInteractionsNumberIsReadBackFromItsId() {
        assertThat(world.number(world.encounter(42).interaction().getInteractionId()))
                .hasValue(42);
        assertThat(world.number("sb-other-42")).isEmpty();
        assertThat(world.number("sb-t-x")).isEmpty();
    }

    @Test
    void theModelFaultsAsOftenAsItsVersionSays() {
        List<Encounter> later = encounters(e -> e.number() >= StudyBuddy.SHY_FROM);
        assertThat(share(later, e -> e.shown() == Behaviour.VIOLATES)).isCloseTo(.03, within(.01));
        assertThat(share(later, e -> e.shown() == Behaviour.REFUSES)).isCloseTo(.6, within(.03));
        List<Encounter> before = encounters(e -> e.number() < StudyBuddy.SHY_FROM);
        assertThat(share(before, e -> e.shown() == Behaviour.REFUSES)).isCloseTo(.065, within(.035));
        assertThat(share(before, e -> e.shown() == Behaviour.HELPS)).isCloseTo(.74, within(.06));
        assertThat(share(e -> e.other() != null)).isCloseTo(.35, within(.03));
        assertThat(share(e -> e.interaction().getSlices().contains("age:under-10")))
                .isCloseTo(.3, within(.06));
    }

    @Test
    void aDetectorErrsAsOftenAsItsRatesSay() {
        SimulatedDetector guard = SimulatedDetector.ALL.get(0);
        List<Encounter> fine = encounters(e -> e.shown() != Behaviour.VIOLATES);
        List<Encounter> violating = encounters(e -> e.shown() == Behaviour.VIOLATES);

        assertThat(errors(guard, fine)).isCloseTo(guard.falseAlarms(), within(.015));
        assertThat(errors(guard, violating)).isCloseTo(guard.misses(), within(.08));
    }

    @Test
    void theJudgeKnowsTheRulesAndIsTakenInByATone() {
        assertThat(rightOf(Asked.VIOLATION)).isCloseTo(.92, within(.02));
        assertThat(rightOf(Asked.HONESTY)).isCloseTo(.6, within(.03));
        assertThat(encounters(e -> world.opinions(e).isEmpty()).size() / (double) MANY)
                .isCloseTo(.25, within(.03));
    }

    private double rightOf(Asked asked) {
        List<Boolean> right = encounters(e -> true).stream()
                .flatMap(e -> world.opinions(e).stream()
                        .filter(said -> said.getQuestionId().equals(asked.id()))
                        .map(said -> said.getClassName().equals(asked.truth(e))))
                .toList();
        return right.stream().filter(Boolean::booleanValue).count() / (double) right.size();
    }

    @Test
    void detectorsOfOneVendorErrTogether() {
        SimulatedDetector fast = SimulatedDetector.ALL.get(0);
        SimulatedDetector deep = SimulatedDetector.ALL.get(1);
        List<Encounter> fine = encounters(e -> e.shown() != Behaviour.VIOLATES);
        long both = fine.stream().filter(e -> errs(fast, e) && errs(deep, e)).count();

        assertThat(both / (double) fine.size()).isGreaterThan(5 * errors(fast, fine) * errors(deep, fine));
    }

    @Test
    void aScoreIsAtOrAboveTheThresholdExactlyWhenTheVerdictIsPositive() {
        SimulatedDetector scored = SimulatedDetector.ALL.get(1);
        for (Encounter e : encounters(any -> true).subList(0, 300)) {
            boolean positive = scored.verdict(1, e).equals("violating");
            assertThat(scored.scoreMicros(1, e) >= 500_000).isEqualTo(positive);
        }
    }

    @Test
    void reviewersAreAsGoodAsTheirCharacter() {
        double sound = share(e -> Asked.HONESTY.classes().get(0).equals(Asked.HONESTY.truth(e)));
        for (Reviewer reviewer : Staff.reviewers()) {
            long right = encounters(any -> true).stream()
                    .filter(e -> reviewer.answer(1, Asked.HONESTY, e).equals(Asked.HONESTY.truth(e)))
                    .count();
            double expected = reviewer.character() == Reviewer.Character.SPAMMING
                    ? .9 * sound + .1 / Asked.HONESTY.classes().size()
                    : reviewer.character().accuracy;
            assertThat(right / (double) MANY).as(reviewer.id()).isCloseTo(expected, within(.05));
        }
    }

    @Test
    void thePreferenceIsForTheAnswerThatTeachesBetter() {
        Encounter better = find(e -> e.shown() == Behaviour.HELPS && e.other() == Behaviour.REFUSES);
        Encounter worse = find(e -> e.shown() == Behaviour.INVENTS && e.other() == Behaviour.HELPS);
        Encounter equal = find(e -> e.shown() == e.other());

        assertThat(Asked.PREFERENCE.truth(better)).isEqualTo("A");
        assertThat(Asked.PREFERENCE.truth(worse)).isEqualTo("B");
        assertThat(Asked.PREFERENCE.truth(equal)).isEqualTo("TIE");
        assertThat(Asked.PREFERENCE.truth(find(e -> e.other() == null))).isNull();
    }

    @Test
    void someAllowTrainingSomeOnlyReviewAndSomeNothing() {
        List<Consent> consents = world.consents();
        long training = consents.stream().filter(c -> c.getScopes().size() == 3).count();

        assertThat(consents).hasSizeBetween(200, 235);
        assertThat(training).isBetween(145L, 190L);
        assertThat(IntStream.range(0, StudyBuddy.SUBJECTS)
                        .filter(c -> world.withdrawal(c).isPresent()))
                .hasSizeBetween(4, 25);
    }

    @Test
    void everybodyWhoLabelsHasAProfile() {
        assertThat(world.raters())
                .extracting(RaterProfile::getRaterId)
                .contains(
                        "rev-excellent-1",
                        "rev-spamming-2",
                        "writer-good-1",
                        "senior-excellent-1",
                        "guard-deep",
                        "user-report")
                .doesNotHaveDuplicates();
        assertThat(world.raters().stream().map(RaterProfile::getRaterId).filter(world::isSenior))
                .containsExactly("senior-excellent-1", "senior-excellent-2");
    }

    private List<Encounter> encounters(Predicate<Encounter> which) {
        return IntStream.range(0, MANY).mapToObj(world::encounter).filter(which).toList();
    }

    private Encounter find(Predicate<Encounter> which) {
        return encounters(which).get(0);
    }

    private double share(Predicate<Encounter> which) {
        return encounters(which).size() / (double) MANY;
    }

    private static double share(List<Encounter> among, Predicate<Encounter> which) {
        return among.stream().filter(which).count() / (double) among.size();
    }

    private static boolean errs(SimulatedDetector detector, Encounter e) {
        return !detector.verdict(1, e).equals(detector.asked().truth(e));
    }

    private static double errors(SimulatedDetector detector, List<Encounter> among) {
        return among.stream().filter(e -> errs(detector, e)).count() / (double) among.size();
    }
}
