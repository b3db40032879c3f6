package dev.heed.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heed.core.StageRunner;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Lane;
import dev.heed.event.Route;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.Judged;
import dev.heed.fact.QueuesFact;
import dev.heed.fact.ScoreParts;
import dev.heed.fact.TaskLeased;
import dev.heed.fact.Triaged;
import dev.heed.items.ItemsStage;
import dev.heed.journal.LeaseGranted;
import dev.heed.out.Judgment;
import dev.heed.out.Task;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.queues.QueuesStage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worked by hand: leaving a violation costs 2, withdrawing what was fine 1; three people are affected. */
class MissedRiskTest {
    private static final long QUARTER = 250_000;

    private final StageRunner items = new StageRunner(ItemsStage.create(new byte[16]));
    private final StageRunner queues = new StageRunner(QueuesStage.create(new byte[16]));
    private final Ledger record = new Ledger(2);

    @Test
    void anExploredItemStandsForThoseNobodyLookedAt() {
        violationsByChanceAndByValue();

        MissedRisk missed = MissedRisk.of(record, record, policy(), QUARTER);

        // One found with a chance of 1/4 stands for four, of which three go unseen; what was chosen by value is seen.
        assertThat(missed.items().estimate()).isEqualTo(3);
        assertThat(missed.loss().estimate()).isEqualTo(3 * 2 * 3);
        // y = 3/4, variance y²(1 − p)/p² = .5625 · .75 · 16 = 6.75
        assertThat(missed.items().low()).isZero();
        assertThat(missed.items().high()).isCloseTo(3 + 1.959963984540054 * Math.sqrt(6.75), within(1e-9));
        assertThat(missed.explored()).isEqualTo(1);
    }

    @Test
    void whatAnotherPolicyLeavesUnseenIsWeighedByItsOwnChances() {
        violationsByChanceAndByValue();
        Ledger careless = new Ledger(2);
        look(careless, "i1", "leave");
        look(careless, "i2", "leave");
        Ledger strict = new Ledger(2);
        look(strict, "i1", "withdraw");
        look(strict, "i2", "withdraw");

        // Nobody is asked: all four like i1 are missed, and i2, but for what a chance of 1/4 would show.
        assertThat(MissedRisk.of(record, careless, policy(), QUARTER).items().estimate())
                .isEqualTo((4 + 1) * .75);
        // Withdrawing a violation is right, whoever looks.
        assertThat(MissedRisk.of(record, strict, policy(), QUARTER).items().estimate())
                .isZero();
    }

    @Test
    void nothingFoundIsNotNothingThere() {
        for (int i = 0; i < 10; i++) {
            look(record, "i" + i, "leave");
            lease(record, "i" + i, Lane.EXPLORATION, QUARTER);
            judge(record, "i" + i, "ok", QUARTER);
        }

        MissedRisk.Interval missed =
                MissedRisk.of(record, record, policy(), QUARTER).items();

        assertThat(missed.estimate()).isZero();
        // With three to be expected, none is found in 5 % of cases, and each stands for three unseen.
        assertThat(missed.high()).isCloseTo(-Math.log(.05) * 3, within(1e-9));
        Ledger unexplored = new Ledger(2);
        assertThat(MissedRisk.of(unexplored, unexplored, policy(), QUARTER)
                        .items()
                        .high())
                .isNaN();
    }

    private void violationsByChanceAndByValue() {
        look(record, "i1", "leave");
        lease(record, "i1", Lane.EXPLORATION, QUARTER);
        judge(record, "i1", "violation", QUARTER);
        look(record, "i2", "leave");
        lease(record, "i2", Lane.VALUE, 1_000_000);
        judge(record, "i2", "violation", 1_000_000);
    }

    private void look(Ledger ledger, String item, String action) {
        ItemsFact fact = new ItemsFact();
        fact.setHeader(header());
        fact.setTriaged(Triaged.newBuilder()
                .setInteractionId(item)
                .setQuestionId("violation")
                .setBeliefMicros(List.of(900_000L, 100_000L))
                .setAction(action)
                .setScores(scores())
                .setRoute(Route.PASS)
                .setPreviousRoute(Route.UNKNOWN)
                .setModelsVersion(0)
                .setLatePass(false)
                .build());
        ledger.add(0, items, List.of(fact));
    }

    private static ScoreParts scores() {
        return ScoreParts.newBuilder()
                .setEntropyMicros(0)
                .setMarginMicros(0)
                .setRiskMicros(0)
                .setExposureMicros(3_000_000)
                .setValueMicros(0)
                .setBestLabels(0)
                .setNoveltyMicros(0)
                .setCostMicros(0)
                .setPriceMicros(0)
                .setExplorationDrawMicros(0)
                .setPropensityMicros(0)
                .build();
    }

    private void judge(Ledger ledger, String item, String className, long propensityMicros) {
        ItemsFact fact = new ItemsFact();
        fact.setHeader(header());
        fact.setJudged(new Judged(Judgment.newBuilder()
                .setInteractionId(item)
                .setQuestionId("violation")
                .setClassName(className)
                .setBeliefMicros(List.of())
                .setClasses(List.of("ok", "violation"))
                .setRevision(1)
                .setReason("value_below_price")
                .setLabels(List.of())
                .setLabelSetVersion(1)
                .setValueMicros(0)
                .setCostMicros(0)
                .setPropensityMicros(propensityMicros)
                .setRubricVersion("1")
                .setPolicyVersion(1)
                .setDecidedAtMs(0)
                .build()));
        ledger.add(0, items, List.of(fact));
    }

    private void lease(Ledger ledger, String item, Lane lane, long propensityMicros) {
        QueuesFact fact = new QueuesFact();
        fact.setHeader(header());
        LeaseGranted lease = LeaseGranted.newBuilder()
                .setInteractionId(item)
                .setQuestionId("violation")
                .setPool("pool")
                .setRaterId("r")
                .setTaskId("t-" + item)
                .setLane(lane)
                .setPropensityMicros(propensityMicros)
                .setExpiresAtMs(1)
                .setGold(false)
                .build();
        Task task = Task.newBuilder()
                .setTaskId(lease.getTaskId())
                .setRaterId(lease.getRaterId())
                .setInteractionId(item)
                .setQuestionId(lease.getQuestionId())
                .setPool(lease.getPool())
                .setRubricVersion("1")
                .setExpiresAtMs(1)
                .build();
        fact.setTaskLeased(new TaskLeased(lease, task, 0L, false, 0L));
        ledger.add(1, queues, List.of(fact));
    }

    private static FactHeader header() {
        return new FactHeader(0L, 0, "key", 0L, 1, 1);
    }

    private static Policy policy() {
        Question violation = Question.newBuilder()
                .setQuestionId("violation")
                .setClasses(List.of("ok", "violation"))
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of(
                        new LossRow("leave", List.of(0L, 2_000_000L)),
                        new LossRow("withdraw", List.of(1_000_000L, 0L))))
                .setLabelCostMicros(1)
                .setMinRaters(1)
                .setMaxRaters(1)
                .setLookAhead(1)
                .setPool("pool")
                .setRubricVersion("1")
                .build();
        return Policy.newBuilder()
                .setEventId("p")
                .setPolicyVersion(1)
                .setName("p")
                .setOccurredAtMs(0)
                .setQuestions(List.of(violation))
                .setPools(List.of())
                .setEscalationLevels(List.of())
                .setExplorationMicros(QUARTER)
                .setNoveltyHalfLifeMs(1)
                .setHoldoutMicros(0)
                .build();
    }
}
