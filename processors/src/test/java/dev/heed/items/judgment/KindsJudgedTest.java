package dev.heed.items.judgment;

import static dev.heed.items.ItemsPolicies.RATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What judgments of rankings and ratings say beyond a class, and the rows they make. */
class KindsJudgedTest {
    private final ItemsTrial items = new ItemsTrial(ItemsPolicies.everyKind().build());

    @BeforeEach
    void anItemThatMayTrain() {
        items.interaction("i1", 3);
        items.consent("i1", 1, true);
    }

    @AfterEach
    void lawsHold() {
        items.check();
    }

    private Judgment judgment() {
        List<Judgment> judgments = items.sent(Channel.JUDGMENTS, Judgment.class);
        return judgments.get(judgments.size() - 1);
    }

    private List<String> rows() {
        return items.sent(Channel.DATASET_LOG, Delta.class).stream()
                .map(delta -> delta.getOp() + " " + delta.getRowId() + " " + delta.getChosenKey() + " "
                        + delta.getRejectedKey() + " "
                        + delta.getProvenance().getBeliefMicros())
                .toList();
    }

    @Test
    void aRankingIsJudgedByItsBestAndMakesARowOfEachPairThatIsSureEnough() {
        items.rank("f1", "i1", "rita", "c2", "c0", "c1");
        items.rankingBelief("i1", 1, 1, "f1", List.of(300_000L, 100_000L, 600_000L), 30_000, 10_000, 960_000);
        assertThat(judgment().getClassName()).isEqualTo("third");
        assertThat(judgment().getStrengthsMicros()).containsExactly(300_000L, 100_000L, 600_000L);
        // 600 of 700, 300 of 400; 600 of 900 is below the 0.7 of the rule.
        assertThat(rows())
                .containsExactly(
                        "ADD i1|ranking|preference|0-1 i1|candidate/0 i1|candidate/1 750000",
                        "ADD i1|ranking|preference|1-2 i1|candidate/2 i1|candidate/1 857142");
        items.rank("f2", "i1", "sam", "c1", "c0", "c2");
        items.rankingBelief("i1", 2, 2, "f2", List.of(200_000L, 780_000L, 20_000L), 5_000, 990_000, 5_000);
        assertThat(rows().subList(2, rows().size()))
                .containsExactly(
                        "REVISE i1|ranking|preference|0-1 i1|candidate/1 i1|candidate/0 795918",
                        "REVISE i1|ranking|preference|1-2 i1|candidate/1 i1|candidate/2 975000",
                        "ADD i1|ranking|preference|0-2 i1|candidate/0 i1|candidate/2 909090",
                        "ADD i1|ranking|sft i1|candidate/1 null 990000");
    }

    @Test
    void aRatingIsJudgedByTheMedianClassWithMeanAndMedianOfTheNumbers() {
        items.rate("f1", "i1", "rita", 2);
        items.rate("f2", "i1", "sam", -0.5);
        items.rate("f3", "i1", "tom", 1);
        items.belief("i1", RATING, 3, 3, "f3", 390_000, 120_000, 490_000);
        assertThat(judgment().getClassName())
                .as("the median, not the likeliest")
                .isEqualTo("fair");
        assertThat(judgment().getMeanRatingMicros()).isEqualTo(833_333);
        assertThat(judgment().getMedianRatingMicros()).isEqualTo(1_000_000);
        items.rate("f4", "i1", "sam", 1.5);
        items.belief("i1", RATING, 4, 3, "f4", 10_000, 20_000, 970_000);
        assertThat(judgment().getMeanRatingMicros()).isEqualTo(1_500_000);
        assertThat(judgment().getMedianRatingMicros()).isEqualTo(1_500_000);
        assertThat(rows())
                .as("the upper half of the classes is good")
                .containsExactly(
                        "ADD i1|helpfulness|binary i1|candidate/0 null 970000",
                        "ADD i1|helpfulness|sft i1|candidate/0 null 970000");
        assertThat(items.sent(Channel.DATASET_LOG, Delta.class).get(0).getGood())
                .isTrue();
    }

    @Test
    void whatARatingIsWorthFollowsFromDistancesWhereThereIsNoLossMatrix() {
        items.rate("f1", "i1", "rita", 2);
        items.belief("i1", RATING, 1, 1, "f1", 500_000, 0, 500_000);
        // Whatever is said loses half the way on average, with one person affected.
        assertThat(items.question("i1", RATING).getScores().getRiskMicros()).isEqualTo(500_000);
    }
}
