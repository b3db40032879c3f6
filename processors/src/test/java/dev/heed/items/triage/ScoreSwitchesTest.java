package dev.heed.items.triage;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.event.Route;
import dev.heed.event.ScoreBasis;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.ScoreParts;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.policy.AudienceFactor;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.ScoreSwitches;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each switch of a question's score does what it says, and nothing else. */
class ScoreSwitchesTest {
    private static final int USERS = 3;

    /** The parts of the second of two near items, the first of which made it less novel; one verdict says violation. */
    private static ScoreParts scores(Policy.Builder policy) {
        ItemsTrial items = new ItemsTrial(policy.build());
        for (String id : List.of("i1", "i2")) {
            items.sendPublic(
                    id,
                    ItemsTrial.interaction("event-" + id, id, 1, "children")
                            .setSimhash(7)
                            .setUsersAffected(USERS)
                            .build());
        }
        items.verdict("s1", "i2", "a", "violation");
        items.check();
        return Objects.requireNonNull(items.question("i2", VIOLATION).getScores());
    }

    private static ScoreParts scores(Consumer<ScoreSwitches> change) {
        return scores(ItemsPolicies.policy().setQuestions(List.of(question(change))));
    }

    private static Question question(Consumer<ScoreSwitches> change) {
        ScoreSwitches switches = ScoreSwitches.newBuilder().build();
        change.accept(switches);
        return ItemsPolicies.violation().setScore(switches).build();
    }

    private static final ScoreParts PLAIN = scores(switches -> {});

    /** By hand: belief .8, severity 2 and 3 people are exposure 6; risk is 6 · (1 + 4 · .8); two near items halve. */
    @Test
    void byDefaultTheWorthIsTheValueTimesNovelty() {
        assertThat(PLAIN.getExposureMicros()).isEqualTo(6_000_000);
        assertThat(PLAIN.getRiskMicros()).isEqualTo(25_200_000);
        assertThat(PLAIN.getNoveltyMicros()).isEqualTo(500_000);
        assertThat(PLAIN.getMarginMicros()).isEqualTo(600_000);
        assertThat(PLAIN.getValueMicros()).isPositive();
        assertThat(PLAIN.getWorthMicros()).isEqualTo(PLAIN.getValueMicros() / 2);
    }

    @Test
    void noveltyOffLeavesTheValue() {
        ScoreParts scores = scores(switches -> switches.setNovelty(false));
        assertThat(scores.getWorthMicros()).isEqualTo(PLAIN.getValueMicros());
        assertThat(withWorth(scores, PLAIN.getWorthMicros()))
                .as("the parts are still read")
                .isEqualTo(PLAIN);
    }

    @Test
    void exposureOffDividesTheValueButNotTheRiskThatEscalates() {
        ScoreParts scores = scores(switches -> switches.setExposure(false));
        assertThat(scores.getValueMicros() * 6).isCloseTo(PLAIN.getValueMicros(), within(6L));
        assertThat(scores.getWorthMicros() * 2).isCloseTo(scores.getValueMicros(), within(1L));
        assertThat(scores.getRiskMicros()).isEqualTo(PLAIN.getRiskMicros());
        assertThat(scores.getExposureMicros()).isEqualTo(PLAIN.getExposureMicros());
    }

    @Test
    void lookAheadOffValuesOneLabelAlone() {
        ScoreParts scores = scores(switches -> switches.setLookAhead(false));
        assertThat(scores.getBestLabels()).isLessThanOrEqualTo(1);
        Question near = ItemsPolicies.violation().setLookAhead(1).build();
        assertThat(scores).isEqualTo(scores(ItemsPolicies.policy().setQuestions(List.of(near))));
    }

    @Test
    void thePriorityMayBeEntropyMarginOrRisk() {
        ScoreParts entropy = scores(switches -> switches.setPriority(ScoreBasis.ENTROPY));
        ScoreParts margin = scores(switches -> switches.setPriority(ScoreBasis.MARGIN));
        ScoreParts risk = scores(switches -> switches.setPriority(ScoreBasis.RISK));
        ScoreParts bareRisk = scores(switches -> {
            switches.setPriority(ScoreBasis.RISK);
            switches.setExposure(false);
            switches.setNovelty(false);
        });
        // H(.8, .2) = .500402 nats.
        assertThat(entropy.getEntropyMicros()).isEqualTo(500_402);
        assertThat(entropy.getWorthMicros()).isEqualTo(250_201);
        assertThat(margin.getWorthMicros()).isEqualTo(200_000);
        assertThat(risk.getWorthMicros()).isEqualTo(12_600_000);
        assertThat(bareRisk.getWorthMicros()).isEqualTo(4_200_000);
        for (ScoreParts each : List.of(entropy, margin, risk)) {
            assertThat(withWorth(each, PLAIN.getWorthMicros()))
                    .as("the parts are still read")
                    .isEqualTo(PLAIN);
        }
    }

    private static ScoreParts withWorth(ScoreParts scores, long worthMicros) {
        return ScoreParts.newBuilder(scores).setWorthMicros(worthMicros).build();
    }

    @Test
    void explorationOffDrawsNothing() {
        Policy.Builder exploring = ItemsPolicies.policy().setExplorationMicros(1_000_000);
        Question dear = ItemsPolicies.violation()
                .setLabelCostMicros(900_000_000)
                .setEscalates(false)
                .build();
        assertThat(route(exploring.setQuestions(List.of(dear)).build())).isEqualTo(Route.EXPLORE);
        dear.setScore(ScoreSwitches.newBuilder().setExploration(false).build());
        assertThat(route(exploring.setQuestions(List.of(dear)).build())).isEqualTo(Route.PASS);
    }

    private static Route route(Policy policy) {
        ItemsTrial items = new ItemsTrial(policy);
        items.interaction("i1", 1);
        items.check();
        return items.question("i1", VIOLATION).getRoute();
    }

    @Test
    void exposureIsSeverityTimesTheLargestAudienceFactorUpToTheCap() {
        Policy.Builder policy = ItemsPolicies.policy()
                .setAudiences(List.of(
                        new AudienceFactor("children", 4_000_000L),
                        new AudienceFactor("jokes", 9_000_000L),
                        new AudienceFactor("anyone", 500_000L)));
        assertThat(scores(policy).getExposureMicros()).as("3 people · 2 · 4").isEqualTo(24_000_000);
        assertThat(scores(policy.setMaxExposureMicros(10_000_000)).getExposureMicros())
                .isEqualTo(10_000_000);
        ItemsTrial items = new ItemsTrial(policy.build());
        items.interaction("i1", 1, "anyone");
        assertThat(Objects.requireNonNull(items.question("i1", VIOLATION).getScores())
                        .getExposureMicros())
                .as("no severity applies")
                .isEqualTo(500_000);
    }

    @Test
    void theColdStartBelievesThePolicysPrior() {
        Question rare = ItemsPolicies.violation()
                .setPriorMicros(List.of(9_000_000L, 1_000_000L))
                .build();
        ItemsTrial items = new ItemsTrial(ItemsPolicies.only(rare));
        items.interaction("i1", 1);
        assertThat(items.question("i1", VIOLATION).getBeliefMicros()).containsExactly(900_000L, 100_000L);
        items.verdict("s1", "i1", "a", "violation");
        // .9 · .2 against .1 · .8
        assertThat(items.question("i1", VIOLATION).getBeliefMicros()).containsExactly(692_308L, 307_692L);
        assertThat(items.facts(EscalationOpened.class)).isEmpty();
        items.check();
    }
}
