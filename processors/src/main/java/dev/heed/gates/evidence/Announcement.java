package dev.heed.gates.evidence;

import dev.heed.core.Step;
import dev.heed.event.Verdict;
import dev.heed.fact.GateDecided;
import dev.heed.fact.OverrideGranted;
import dev.heed.math.GateTest;
import dev.heed.math.Micros;
import dev.heed.out.BlockerFound;
import dev.heed.out.GateVerdict;
import dev.heed.state.GateState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a gate stands: what people decided, before what came up since it passed, before what its results say. */
final class Announcement {
    private Announcement() {}

    /** The gate's level: what its attempt may use of the plan's. */
    static double alpha(GateState gate) {
        return GateTest.alphaForAttempt(Micros.toDouble(gate.getAlphaMicros()), Math.max(1, gate.getAttempt()));
    }

    static Conclusion conclusion(GateState gate) {
        return Conclusion.of(gate, alpha(gate));
    }

    static void say(Step step, GateState gate) {
        Conclusion results = conclusion(gate);
        OverrideGranted granted = gate.getOverruled();
        if (granted != null) {
            emit(step, gate, overruled(results, granted), List.of(), granted);
        } else if (gate.getVerdict() == Verdict.REVOKED) {
            emit(step, gate, revoked(results, gate.getFound()), gate.getFound(), null);
        } else if (results.verdict() == Verdict.PASS && gate.getVerdict() != Verdict.PASS) {
            List<BlockerFound> found = Blockers.ofPassing(step, gate);
            emit(step, gate, found.isEmpty() ? results : results.blockedBy(found), found, null);
        } else {
            emit(step, gate, results, List.of(), null);
        }
    }

    /** Takes a pass back. */
    static void revoke(Step step, GateState gate, List<BlockerFound> found) {
        emit(step, gate, revoked(conclusion(gate), found), found, null);
    }

    private static Conclusion overruled(Conclusion results, OverrideGranted granted) {
        String reason = "overruled by " + String.join(" and ", granted.getActors()) + ": "
                + String.join("; ", granted.getReasons()) + " (without them: " + results.reason() + ")";
        return new Conclusion(granted.getVerdict(), reason, results.named());
    }

    private static Conclusion revoked(Conclusion results, List<BlockerFound> found) {
        List<String> each = found.stream().map(Conclusion::told).toList();
        return new Conclusion(Verdict.REVOKED, "passed, and then " + String.join(", and ", each), results.named());
    }

    private static void emit(
            Step step,
            GateState gate,
            Conclusion conclusion,
            List<BlockerFound> found,
            @Nullable OverrideGranted granted) {
        boolean held = !found.isEmpty() && conclusion.verdict() != Verdict.REVOKED;
        boolean ends = held && found.stream().allMatch(blocker -> blocker.getUntilMs() > 0);
        step.emit(new GateDecided(GateVerdict.newBuilder()
                .setCandidateId(gate.getCandidateId())
                .setReferenceId(gate.getReferenceId())
                .setVerdict(conclusion.verdict())
                .setLatched(conclusion.verdict() != Verdict.UNKNOWN && !held)
                .setReason(conclusion.reason())
                .setAlphaMicros(Micros.of(alpha(gate)))
                .setSlices(Evidence.of(gate, conclusion.named()))
                .setPlanDigest(gate.getPlanDigest())
                .setPolicyVersion(step.hasPolicy() ? step.policy().getPolicyVersion() : 0)
                .setDecidedAtMs(step.nowMs())
                .setBlockedBy(held ? found.get(0).getId() : "")
                .setBlockedUntilMs(ends ? lastUntilMs(found) : 0L)
                .setAttempt(gate.getAttempt())
                .setLine(gate.getLine())
                .setHoldout(gate.getHoldout())
                .setLate(gate.getLate())
                .setBlockers(found)
                .setProposed(gate.getProposed())
                .setOverruled(granted)
                .setWatchedUntilMs(watchedUntilMs(step, gate, conclusion.verdict()))
                .build()));
    }

    private static long lastUntilMs(List<BlockerFound> found) {
        return found.stream().mapToLong(BlockerFound::getUntilMs).max().orElse(0);
    }

    /** A pass is watched from when it is given; people who let it pass again begin a new watch. */
    private static long watchedUntilMs(Step step, GateState gate, Verdict verdict) {
        if (verdict != Verdict.PASS) {
            return 0;
        }
        boolean given = gate.getVerdict() != Verdict.PASS;
        return given && gate.getWatchMs() > 0 ? step.nowMs() + gate.getWatchMs() : gate.getWatchedUntilMs();
    }
}
