package dev.heed.items.triage;

import static dev.heed.items.ItemsPolicies.PREFERENCE;
import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.core.Channel;
import dev.heed.event.RaterKind;
import dev.heed.event.Route;
import dev.heed.fact.ScoreParts;
import dev.heed.fact.Triaged;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import dev.heed.out.TriageDecision;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TriageTest {
    private ItemsTrial items = new ItemsTrial();

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void everyQuestionThatAppliesIsLookedAtOnArrival() {
        items.interaction("i1", 1);
        assertThat(items.facts(Triaged.class))
                .extracting(Triaged::getQuestionId)
                .containsExactly(VIOLATION);
        items.interaction("i2", 2);
        assertThat(items.facts(Triaged.class))
                .extracting(triaged -> triaged.getInteractionId() + " " + triaged.getQuestionId())
                .containsExactly("i1 violation", "i2 violation", "i2 preference");
    }

    @Test
    void aQuestionIsAskedOnItsSlicesOnly() {
        startWith(ItemsPolicies.only(ItemsPolicies.violation()
                .setSlices(List.of("children", "health"))
                .build()));
        items.interaction("i1", 1);
        items.interaction("i2", 1, "sports");
        items.interaction("i3", 1, "health", "sports");
        assertThat(items.facts(Triaged.class))
                .extracting(Triaged::getInteractionId)
                .containsExactly("i3");
    }

    /** All by hand: prior ½, a verdict of a plain detector is right in 4 of 5. */
    @Test
    void scoresShowAllTheirParts() {
        items.interaction("i1", 1);
        Triaged first = last();
        assertThat(first.getBeliefMicros()).containsExactly(500_000L, 500_000L);
        // allow: 10 · ½ = 5, block: 1 · ½ + 5 · ½ = 3.
        assertThat(first.getAction()).isEqualTo("block");
        assertThat(first.getScores().getRiskMicros()).isEqualTo(3_000_000);
        assertThat(first.getScores().getEntropyMicros()).isEqualTo(693_147);
        assertThat(first.getScores().getMarginMicros()).isZero();

        items.verdict("s1", "i1", "guard", "violation");
        ScoreParts scores = last().getScores();
        assertThat(last().getBeliefMicros()).containsExactly(200_000L, 800_000L);
        // allow: 8, block: 0.2 + 4 = 4.2.
        assertThat(scores.getRiskMicros()).isEqualTo(4_200_000);
        assertThat(scores.getMarginMicros()).isEqualTo(600_000);
        assertThat(scores.getExposureMicros()).isEqualTo(1_000_000);
        assertThat(scores.getNoveltyMicros()).isEqualTo(1_000_000);
        assertThat(scores.getCostMicros()).isEqualTo(10_000);
        assertThat(scores.getPriceMicros()).isEqualTo(50_000);
        assertThat(scores.getPropensityMicros()).isEqualTo(1_000_000);
        // Three labels: all three must say ok to move 4:1 back to 1:16; then 16/17 · 0 + 1/17 · 10 < 21/17 of blocking.
        // P(ok, ok, ok) = 0.2 · 0.512 + 0.8 · 0.008 = 0.1088; the gain there is (0.2·0.512·1 + 0.8·0.008·(5−10)).
        // Two labels: P(ok, ok): 0.2 · 0.64 · 1 + 0.8 · 0.04 · (5 − 10) = 0.128 − 0.16 < 0: no use.
        // gain_3 = 0.1024 − 0.032 = 0.0704 over 3 labels.
        assertThat(scores.getBestLabels()).isEqualTo(3);
        assertThat(scores.getValueMicros()).isCloseTo(23_467, within(1L));
        assertThat(last().getRoute()).isEqualTo(Route.ESCALATE);
    }

    @Test
    void exposureIsPeopleTimesTheLargestSeverityThatApplies() {
        items.sendPublic(
                "i1",
                ItemsTrial.interaction("e1", "i1", 1, "children", "jokes", "sports")
                        .setUsersAffected(7)
                        .build());
        assertThat(last().getScores().getExposureMicros()).isEqualTo(14_000_000);
        items.interaction("i2", 1, "jokes");
        assertThat(last().getScores().getExposureMicros()).isEqualTo(500_000);
        items.interaction("i3", 1, "sports");
        assertThat(last().getScores().getExposureMicros()).isEqualTo(1_000_000);
        items.sendPublic(
                "i4",
                ItemsTrial.interaction("e4", "i4", 1, "children")
                        .setUsersAffected(Integer.MAX_VALUE)
                        .build());
        assertThat(last().getScores().getExposureMicros()).as("the cap").isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void detectorsOfOneVendorShareAVote() {
        items.rater("p1", "guard-a", RaterKind.DETECTOR, "acme");
        items.rater("p2", "guard-b", RaterKind.DETECTOR, "acme");
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "guard-a", "violation");
        items.verdict("s2", "i1", "guard-b", "violation");
        assertThat(items.question("i1", VIOLATION).getBeliefMicros()).containsExactly(200_000L, 800_000L);
        items.verdict("s3", "i1", "other", "violation");
        // 16 : 1.
        assertThat(items.question("i1", VIOLATION).getBeliefMicros()).containsExactly(58_824L, 941_176L);
    }

    @Test
    void modelsOfCalibrationReplaceThePlainOnes() {
        List<String> classes = List.of("ok", "violation");
        RaterModel guard = new RaterModel(
                VIOLATION,
                "guard",
                RaterKind.DETECTOR,
                classes,
                List.of(900_000L, 100_000L, 500_000L, 500_000L),
                40,
                3L);
        items.send(
                "models",
                new RaterModels(
                        VIOLATION,
                        3L,
                        classes,
                        List.of(900_000L, 100_000L),
                        List.of(990_000L, 10_000L, 10_000L, 990_000L),
                        List.of(600_000L, 400_000L, 400_000L, 600_000L),
                        List.of(guard)));
        items.interaction("i1", 1);
        assertThat(last().getModelsVersion()).isEqualTo(3);
        assertThat(last().getBeliefMicros()).containsExactly(900_000L, 100_000L);
        // .9·.1 : .1·.5 = 9 : 5.
        items.verdict("s1", "i1", "guard", "violation");
        assertThat(last().getBeliefMicros()).containsExactly(642_857L, 357_143L);
        // 9·.4 : 5·.6 = 6 : 5, by a detector that nobody knows.
        items.verdict("s2", "i1", "stranger", "violation");
        assertThat(last().getBeliefMicros()).containsExactly(545_455L, 454_545L);
    }

    @Test
    void modelsOfOtherClassesAreNotUsed() {
        items.send(
                "models",
                new RaterModels(
                        VIOLATION, 9L, List.of("no", "yes"), List.of(1L, 999_999L), List.of(), List.of(), List.of()));
        items.interaction("i1", 1);
        assertThat(last().getModelsVersion()).isZero();
        assertThat(last().getBeliefMicros()).containsExactly(500_000L, 500_000L);
    }

    @Test
    void valueCostAndPriceDecideTheRoute() {
        // At prior ½ one label never changes that blocking is best, two that say ok do:
        // gain_2 = 0.5 · 0.64 · (1 − 0) + 0.5 · 0.04 · (5 − 10) = 0.32 − 0.1 = 0.22, and v = 0.11.
        Question.Builder question = ItemsPolicies.violation().setEscalates(false);
        items = new ItemsTrial(ItemsPolicies.only(question.build()));
        items.interaction("i1", 1);
        long value = last().getScores().getValueMicros();
        assertThat(value).isEqualTo(110_000);
        assertThat(last().getRoute()).isEqualTo(Route.REVIEW);

        items.price(value / 1e6 - 0.01, 1);
        items.interaction("i2", 1);
        assertThat(last().getRoute()).as("worth exactly its cost and price").isEqualTo(Route.REVIEW);
        items.price(value / 1e6 - 0.009_999, 2);
        items.interaction("i3", 1);
        assertThat(last().getRoute()).as("worth its cost, not its price").isEqualTo(Route.DEFER);
        assertThat(last().getScores().getPropensityMicros()).isEqualTo(1_000_000);
        items.check();

        items = new ItemsTrial(
                ItemsPolicies.only(question.setLabelCostMicros(value + 1).build()));
        items.interaction("i4", 1);
        assertThat(last().getRoute()).as("not worth its cost").isEqualTo(Route.PASS);
        items.check();

        items = new ItemsTrial(ItemsPolicies.only(question.setAlwaysReview(true).build()));
        items.interaction("i5", 1);
        assertThat(last().getRoute()).isEqualTo(Route.REVIEW);
    }

    @Test
    void whatIsNotNewIsWorthLess() {
        items = new ItemsTrial(
                ItemsPolicies.only(ItemsPolicies.violation().setEscalates(false).build()));
        items.price(0.03, 1);
        for (int i = 0; i < 3; i++) {
            items.sendPublic(
                    "i" + i,
                    ItemsTrial.interaction("e" + i, "i" + i, 1)
                            .setSimhash(0x5555)
                            .build());
        }
        assertThat(items.facts(Triaged.class))
                .extracting(Triaged::getRoute)
                .containsExactly(Route.REVIEW, Route.REVIEW, Route.DEFER);
    }

    @Test
    void theTopicShowsChangesOfRouteOnly() {
        items = new ItemsTrial(
                ItemsPolicies.only(ItemsPolicies.violation().setMinRaters(1).build()));
        items.interaction("i1", 1);
        items.verdict("s1", "i1", "a", "ok");
        items.verdict("s2", "i1", "b", "violation");
        items.verdict("s3", "i1", "c", "violation");
        items.verdict("s4", "i1", "c", "violation");
        assertThat(items.facts(Triaged.class))
                .as("the fourth verdict says nothing new")
                .hasSize(4);
        assertThat(items.sent(Channel.TRIAGE, TriageDecision.class))
                .extracting(decision -> decision.getTriaged().getPreviousRoute() + " → "
                        + decision.getTriaged().getRoute())
                .containsExactly("UNKNOWN → REVIEW", "REVIEW → ESCALATE");
        assertThat(items.stage().sent(Channel.TRIAGE).get(0).key()).isEqualTo("i1|violation");
    }

    @Test
    void aRouteToPeopleIsNotTakenBackByLaterSignals() {
        items = new ItemsTrial(ItemsPolicies.only(ItemsPolicies.violation()
                .setEscalates(false)
                .setLabelCostMicros(50_000)
                .build()));
        items.price(0.05, 1);
        items.interaction("i1", 1);
        assertThat(last().getRoute()).isEqualTo(Route.REVIEW);
        for (String detector : List.of("a", "b", "c")) {
            items.verdict("s" + detector, "i1", detector, "ok");
        }
        assertThat(last().getRoute()).isEqualTo(Route.REVIEW);
        // Nobody had to look at this one, so doubt can still come and go.
        items.price(1, 2);
        items.interaction("i2", 1);
        assertThat(last().getRoute()).isEqualTo(Route.DEFER);
        for (String detector : List.of("a", "b", "c")) {
            items.verdict("t" + detector, "i2", detector, "ok");
        }
        assertThat(last().getRoute()).isEqualTo(Route.PASS);
        items.verdict("td", "i2", "d", "violation");
        assertThat(last().getRoute()).isEqualTo(Route.DEFER);
    }

    @Test
    void aShareOfWhatFailsThePriceIsExplored() {
        Policy policy = ItemsPolicies.policy()
                .setQuestions(
                        List.of(ItemsPolicies.violation().setEscalates(false).build()))
                .setExplorationMicros(200_000)
                .build();
        items = new ItemsTrial(policy);
        items.price(1, 1);
        for (int i = 0; i < 1000; i++) {
            items.interaction("i" + i, 1);
        }
        List<Triaged> explored = items.facts(Triaged.class).stream()
                .filter(triaged -> triaged.getRoute() == Route.EXPLORE)
                .toList();
        assertThat(explored.size()).isBetween(160, 240);
        assertThat(items.facts(Triaged.class)).allSatisfy(triaged -> {
            boolean drawn = triaged.getScores().getExplorationDrawMicros() < 200_000;
            assertThat(triaged.getRoute()).isEqualTo(drawn ? Route.EXPLORE : Route.DEFER);
            assertThat(triaged.getScores().getPropensityMicros()).isEqualTo(drawn ? 200_000 : 1_000_000);
        });
    }

    @Test
    void anExploredItemThatWouldPassLaterIsMarkedAndUpgraded() {
        Policy policy = ItemsPolicies.policy()
                .setQuestions(List.of(ItemsPolicies.violation()
                        .setEscalates(false)
                        .setMinRaters(1)
                        .build()))
                .setExplorationMicros(1_000_000)
                .build();
        items = new ItemsTrial(policy);
        items.price(0.7, 1);
        items.interaction("i1", 1);
        assertThat(last().getRoute()).isEqualTo(Route.EXPLORE);
        assertThat(last().getLatePass()).isFalse();
        items.price(0.05, 2);
        items.verdict("s1", "i1", "a", "ok");
        assertThat(last().getRoute()).isEqualTo(Route.REVIEW);
        assertThat(last().getLatePass()).isTrue();
        items.verdict("s2", "i1", "b", "ok");
        assertThat(last().getLatePass()).as("it stays so").isTrue();
        assertThat(items.question("i1", VIOLATION).getRoute()).isEqualTo(Route.REVIEW);
    }

    @Test
    void aQuestionThatCameWithALaterPolicyIsLookedAtOnItsFirstVerdict() {
        items = new ItemsTrial(ItemsPolicies.only(ItemsPolicies.preference().build()));
        items.interaction("i1", 2);
        items.send(
                "policy-2",
                ItemsPolicies.policy()
                        .setEventId("policy-2")
                        .setPolicyVersion(2)
                        .build());
        items.verdict("s1", "i1", "guard", "violation");
        assertThat(last().getQuestionId()).isEqualTo(VIOLATION);
        assertThat(last().getPreviousRoute()).isEqualTo(Route.UNKNOWN);
        assertThat(items.question("i1", PREFERENCE).getRoute()).isNotEqualTo(Route.UNKNOWN);
    }

    private void startWith(Policy policy) {
        items = new ItemsTrial(policy);
    }

    private Triaged last() {
        List<Triaged> all = items.facts(Triaged.class);
        return all.get(all.size() - 1);
    }
}
