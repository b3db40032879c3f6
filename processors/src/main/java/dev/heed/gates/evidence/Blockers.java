package dev.heed.gates.evidence;

import dev.heed.core.StandingAlerts;
import dev.heed.core.Step;
import dev.heed.event.Blocker;
import dev.heed.event.DatasetNames;
import dev.heed.event.Direction;
import dev.heed.gates.Concerns;
import dev.heed.gates.GateKeys;
import dev.heed.gates.SliceTests;
import dev.heed.journal.Concern;
import dev.heed.journal.SealedVersion;
import dev.heed.journal.SliceAlert;
import dev.heed.out.BlockerFound;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what keeps a gate from passing, or takes its pass back, whatever its results say: one of each sort. */
final class Blockers {
    private static final long ANY_TIME = -1;

    private final Step step;
    private final GateState gate;
    private final List<String> slices;
    private final List<String> metrics;

    private Blockers(Step step, GateState gate) {
        this.step = step;
        this.gate = gate;
        this.slices = gate.getSlices().stream()
                .map(SliceProgress::getSlice)
                .distinct()
                .toList();
        this.metrics = gate.getSlices().stream()
                .map(SliceProgress::getMetric)
                .distinct()
                .toList();
    }

    /** What keeps it from passing. */
    static List<BlockerFound> ofPassing(Step step, GateState gate) {
        Blockers blockers = new Blockers(step, gate);
        List<BlockerFound> found = new ArrayList<>();
        for (Blocker blocker : gate.getBlockers()) {
            blockers.find(blocker, ANY_TIME, true).ifPresent(found::add);
        }
        blockers.rewardAgainstHuman().ifPresent(found::add);
        blockers.unsealedHoldout().ifPresent(found::add);
        return found;
    }

    /** What has come up since it passed and takes the pass back. */
    static List<BlockerFound> ofStaying(Step step, GateState gate) {
        Blockers blockers = new Blockers(step, gate);
        List<BlockerFound> found = new ArrayList<>();
        for (Blocker blocker : gate.getRevokeOn()) {
            blockers.find(blocker, gate.getPassedOffset(), false).ifPresent(found::add);
        }
        return found;
    }

    private Optional<BlockerFound> find(Blocker blocker, long afterOffset, boolean beforeRelease) {
        return switch (blocker) {
            // Once it is out, what others answer on its slices says nothing of it.
            case CRITICAL_ESCALATION ->
                concern(blocker, Concerns.MODEL, List.of(gate.getCandidateId()), afterOffset)
                        .or(() -> concern(blocker, Concerns.SLICE, beforeRelease ? slices : List.of(), afterOffset));
            case SUSPENDED_RATER -> concern(blocker, Concerns.QUESTION, metrics, afterOffset);
            case CONTAMINATION -> concern(blocker, Concerns.DATASET, List.of(dataset()), afterOffset);
            // Two people who let it pass knew of the alerts that stood, and an alert does not say since when it stands.
            case DRIFT -> beforeRelease || gate.getOverruled() == null ? alert() : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<BlockerFound> concern(Blocker blocker, String sort, List<String> names, long afterOffset) {
        return names.stream()
                .flatMap(name -> Concerns.find(step.state(), blocker, sort, name, afterOffset).stream())
                .findFirst()
                .map(Blockers::found);
    }

    private static BlockerFound found(Concern concern) {
        return new BlockerFound(concern.getBlocker(), concern.getConcernId(), 0L, concern.getDetail());
    }

    /** A holdout that is one of the loop's datasets and is not sealed: what results were measured on can still change. */
    private Optional<BlockerFound> unsealedHoldout() {
        String holdout = gate.getHoldout();
        if (DatasetNames.find(dataset()).isEmpty()
                || step.state().get(GateKeys.sealed(holdout), SealedVersion.class) != null) {
            return Optional.empty();
        }
        return Optional.of(
                new BlockerFound(Blocker.HOLDOUT_UNSEALED, holdout, 0L, "the plan's holdout is no sealed version"));
    }

    private String dataset() {
        int at = gate.getHoldout().lastIndexOf('@');
        return at < 0 ? gate.getHoldout() : gate.getHoldout().substring(0, at);
    }

    /** Of the alerts on what the gate is about, the one that ends last. */
    private Optional<BlockerFound> alert() {
        return StandingAlerts.at(step.state(), step.nowMs()).stream()
                .filter(alert -> alert.getBlocksGates() && covers(alert))
                .max(Comparator.comparingLong(SliceAlert::getUntilMs))
                .map(alert -> new BlockerFound(
                        Blocker.DRIFT,
                        alert.getAlertId(),
                        alert.getUntilMs(),
                        alert.getKind() + " of " + alert.getSubject()));
    }

    /** An alert on a part covers the gates with that slice, one on a question those that measure the question. */
    private boolean covers(SliceAlert alert) {
        return switch (alert.getDimension()) {
            case SLICE, LANGUAGE, TEMPLATE -> slices.contains(alert.getSubject());
            default ->
                alert.getSlices().isEmpty()
                        ? metrics.contains(alert.getQuestionId())
                        : alert.getSlices().stream().anyMatch(slices::contains);
        };
    }

    /** A slice on which the reward is shown to go up where people's judgment is shown to go down. */
    private Optional<BlockerFound> rewardAgainstHuman() {
        return slices.stream()
                .filter(slice -> goes(slice, gate.getRewardMetric(), Direction.UP)
                        && goes(slice, gate.getHumanMetric(), Direction.DOWN))
                .findFirst()
                .map(slice -> new BlockerFound(
                        Blocker.REWARD_AGAINST_HUMAN,
                        slice,
                        0L,
                        gate.getRewardMetric() + " goes up while " + gate.getHumanMetric() + " goes down"));
    }

    private boolean goes(String slice, String metric, Direction direction) {
        return !metric.isEmpty()
                && SliceTests.find(gate, metric, slice)
                        .filter(test -> test.getDirection() == direction)
                        .isPresent();
    }
}
