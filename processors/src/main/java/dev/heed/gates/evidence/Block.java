package dev.heed.gates.evidence;

import dev.heed.core.StandingAlerts;
import dev.heed.core.Step;
import dev.heed.journal.SliceAlert;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the alert that keeps a gate from passing: what it would show has been shown of what no longer is. */
final class Block {
    private Block() {}

    /** Of the alerts on what the gate is about, the one that ends last. */
    static Optional<SliceAlert> of(Step step, GateState gate) {
        return StandingAlerts.at(step.state(), step.nowMs()).stream()
                .filter(alert -> alert.getBlocksGates() && covers(alert, gate))
                .max(Comparator.comparingLong(SliceAlert::getUntilMs));
    }

    /** An alert on a part covers the gates with that slice, one on a question those that measure the question. */
    private static boolean covers(SliceAlert alert, GateState gate) {
        List<String> slices =
                gate.getSlices().stream().map(SliceProgress::getSlice).toList();
        return switch (alert.getDimension()) {
            case SLICE, LANGUAGE, TEMPLATE -> slices.contains(alert.getSubject());
            default ->
                alert.getSlices().isEmpty()
                        ? alert.getQuestionId().equals(gate.getMetric())
                        : alert.getSlices().stream().anyMatch(slices::contains);
        };
    }
}
