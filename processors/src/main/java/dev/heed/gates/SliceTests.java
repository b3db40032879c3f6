package dev.heed.gates;

import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.Optional;

/** The tests of a gate: one for each slice and metric. */
public final class SliceTests {
    private SliceTests() {}

    /** The test of a slice by a metric. */
    public static Optional<SliceProgress> find(GateState gate, String metric, String slice) {
        return gate.getSlices().stream()
                .filter(test ->
                        test.getMetric().equals(metric) && test.getSlice().equals(slice))
                .findFirst();
    }

    /** How a person is told of a test: the slice alone where it is measured by the metric of the plan. */
    public static String name(GateState gate, SliceProgress test) {
        return test.getMetric().equals(gate.getMetric()) ? test.getSlice() : test.getSlice() + ":" + test.getMetric();
    }

    /** True for a test whose metric is compared by the check of reward against people. */
    public static boolean compared(GateState gate, SliceProgress test) {
        return !gate.getRewardMetric().isEmpty()
                && (test.getMetric().equals(gate.getRewardMetric())
                        || test.getMetric().equals(gate.getHumanMetric()));
    }
}
