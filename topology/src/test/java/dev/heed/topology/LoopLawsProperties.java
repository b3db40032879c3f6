package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.guarantee.VersionsAreCausalCuts;
import dev.heed.intake.PublicInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens, in whatever order tasks run and wherever they crash, the loop keeps its promises. */
class LoopLawsProperties {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final int EVENTS = 160;

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void randomHistoriesKeepAllPromises(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int partitions, @ForAll boolean crashes) {
        List<Stage> stages = LoopTopology.stages(SECRET);
        RandomHistory history = new RandomHistory(seed);
        LoopScheduler loop =
                new LoopScheduler(partitions, stages, SECRET, RandomHistory.START_MS, seed, crashes ? 0.15 : 0);

        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        history.play(loop, EVENTS);
        loop.runToEnd();

        new NothingLost().check(loop);
        new ReplayIsIdentical(stages).check(loop);
        new SpendIsBounded().check(loop);
        new CountsAreSums().check(loop);
        new RowsFollowConsentAndJudgment().check(loop);
        new DatasetsKeepTheirRules().check(loop);
        new VersionsAreCausalCuts().check(loop);
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void aHistoryReachesEveryPartOfTheLoop(@ForAll @IntRange(min = 1, max = 1_000) int seed) {
        RandomHistory history = new RandomHistory(seed);
        LoopScheduler loop =
                new LoopScheduler(2, LoopTopology.stages(SECRET), SECRET, RandomHistory.START_MS, seed, 0.1);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        history.play(loop, 4 * EVENTS);
        loop.runToEnd();

        for (Channel reached : List.of(
                Channel.JUDGMENTS,
                Channel.ESCALATIONS,
                Channel.TRIAGE,
                Channel.TASKS,
                Channel.DATASET_LOG,
                Channel.DATASET_VERSIONS,
                Channel.RATER_MODELS,
                Channel.GATE_VERDICTS,
                Channel.DEAD_LETTERS)) {
            List<LogView.Logged> records = loop.records(reached);
            assertThat(records).as(reached.baseName()).isNotEmpty();
        }
        assertThat(loop.crashes()).isPositive();
    }
}
