package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.Feedback;
import dev.heed.event.RaterKind;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.intake.PublicInput;
import dev.heed.policy.Policy;
import dev.heed.whatif.PolicyChange;
import dev.heed.whatif.WhatIf;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The same policy decides the record again, whatever happened in it; another one still keeps to what people said. */
@Tag("slow")
class WhatIfProperties {
    private static final byte[] SECRET = "a secret of the loop's tests".getBytes(StandardCharsets.UTF_8);
    private static final List<Stage> STAGES = LoopTopology.stages(SECRET);
    private static final int EVENTS = 200;

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void theSamePolicyDecidesTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int partitions, @ForAll boolean crashes) {
        SimulatedLogs logs = record(seed, partitions, crashes);

        WhatIf.Result result = WhatIf.run(logs, STAGES, PolicyChange.of(RandomHistory.policy()));

        assertThat(result.other().facts()).isEqualTo(result.recorded().facts()).isPositive();
        assertThat(result.tasksThatDiffer()).isZero();
        assertThat(result.support()).isEqualTo(result.recordedSupport());
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void aPolicyThatComesAfterTheEndChangesNothingAndAPartIsDecidedAsInTheWhole(@ForAll long seed) {
        SimulatedLogs logs = record(seed, 2, false);
        long end = RandomHistory.START_MS + 1_000_000_000;
        Policy other = thrifty();

        WhatIf.Result late = WhatIf.run(logs, STAGES, new PolicyChange(other, end, Long.MAX_VALUE));
        assertThat(late.tasksThatDiffer()).isZero();

        long middle = RandomHistory.START_MS + 200_000;
        WhatIf.Result part = WhatIf.run(logs, STAGES, new PolicyChange(RandomHistory.policy(), 0, middle));
        assertThat(part.tasksThatDiffer()).isZero();
        assertThat(part.other().facts()).isLessThan(late.other().facts()).isPositive();

        WhatIf.Result same = WhatIf.run(logs, STAGES, new PolicyChange(RandomHistory.policy(), middle, Long.MAX_VALUE));
        assertThat(same.tasksThatDiffer()).isZero();
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void whatIsNotAskedForIsNotRevealed(@ForAll long seed, @ForAll boolean crashes) {
        LoopScheduler loop = loop(seed, 2, crashes);
        Set<String> unasked = new HashSet<>();
        for (LogView.Logged logged : loop.records(Channel.FEEDBACK)) {
            if (logged.value() instanceof Feedback feedback && feedback.getTaskId() == null) {
                unasked.add(feedback.getInteractionId() + "|" + feedback.getQuestionId() + "|" + feedback.getRaterId());
            }
        }

        WhatIf.Result result = WhatIf.run(new SimulatedLogs(loop, STAGES), STAGES, PolicyChange.of(thrifty()));

        assertThat(result.other().handOuts()).isEmpty();
        assertThat(result.recorded().handOuts()).isNotEmpty();
        assertThat(result.support().others()).isZero();
        result.other().judgments().forEach((item, judgment) -> judgment.getLabels().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .forEach(label -> assertThat(unasked).contains(item + "|" + label.getRaterId())));
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void anotherPolicyIsDecidedTheSameTwiceAndAnswersNoLabelTwice(@ForAll long seed) {
        LoopScheduler loop = loop(seed, 3, false);
        Policy other = Policy.newBuilder(RandomHistory.policy()).build();
        other.getPools().get(0).setBudgetPerHour(100_000);
        other.getQuestions().forEach(question -> question.setLabelCostMicros(0));

        WhatIf.Result once = WhatIf.run(new SimulatedLogs(loop, STAGES), STAGES, PolicyChange.of(other));
        WhatIf.Result twice = WhatIf.run(new SimulatedLogs(loop, STAGES), STAGES, PolicyChange.of(other));

        assertThat(twice.other().roots()).isEqualTo(once.other().roots());
        assertThat(once.tasksThatDiffer()).isPositive();
        long recorded = once.recordedSupport().own();
        assertThat(once.support().own() + once.support().others()).isLessThanOrEqualTo(recorded);
    }

    /** Nothing is worth a label. */
    private static Policy thrifty() {
        Policy policy = Policy.newBuilder(RandomHistory.policy())
                .setExplorationMicros(0)
                .build();
        policy.getQuestions().forEach(question -> {
            question.setLabelCostMicros(1_000_000_000_000L);
            question.setAlwaysReview(false);
            question.setEscalates(false);
        });
        return policy;
    }

    private static SimulatedLogs record(long seed, int partitions, boolean crashes) {
        return new SimulatedLogs(loop(seed, partitions, crashes), STAGES);
    }

    private static LoopScheduler loop(long seed, int partitions, boolean crashes) {
        LoopScheduler loop =
                new LoopScheduler(partitions, STAGES, SECRET, RandomHistory.START_MS, seed, crashes ? 0.15 : 0);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        new RandomHistory(seed).play(loop, EVENTS);
        loop.runToEnd();
        return loop;
    }
}
