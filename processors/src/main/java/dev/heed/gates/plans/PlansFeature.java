package dev.heed.gates.plans;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.GatePlan;
import dev.heed.event.SliceMargin;
import dev.heed.event.Verdict;
import dev.heed.fact.BetMoments;
import dev.heed.fact.FactHeader;
import dev.heed.fact.PlanFrozen;
import dev.heed.gates.GateKeys;
import dev.heed.math.Bets;
import dev.heed.math.Nanos;
import dev.heed.state.ClusterPlace;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import dev.heed.state.Timer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Freezes a candidate's plan, once and for all: what is tested is settled before any result is looked at. */
public final class PlansFeature implements Feature {
    private final byte[] seed;

    public PlansFeature(byte[] seed) {
        this.seed = seed.clone();
    }

    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof GatePlan plan)) {
            return;
        }
        String digest = PlanDigest.of(plan);
        GateState gate = step.state().get(GateKeys.gate(plan.getCandidateId()), GateState.class);
        if (gate != null && gate.getPlanDigest().equals(digest)) {
            step.ignoreDuplicate();
        } else if (gate != null) {
            step.refuse(
                    "plan_frozen",
                    "candidate " + plan.getCandidateId() + ": plan " + digest + " (expected: " + gate.getPlanDigest()
                            + ", frozen by event " + gate.getPlanEventId() + "; submit another candidate_id)");
        } else {
            List<String> problems = PlanProblems.of(plan, step.nowMs());
            if (problems.isEmpty()) {
                step.emit(new PlanFrozen(BetOrder.ordered(seed, plan), digest));
            } else {
                step.refuse("plan_invalid", String.join("; ", problems));
            }
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof PlanFrozen frozen) {
            freeze(state, frozen);
        }
    }

    private static void freeze(State state, PlanFrozen frozen) {
        GatePlan plan = frozen.getPlan();
        String candidateId = plan.getCandidateId();
        List<SliceProgress> slices = new ArrayList<>();
        for (SliceMargin slice : plan.getSlices()) {
            slices.add(notStarted(slice));
            for (int position = 0; position < slice.getClusters().size(); position++) {
                String cluster = slice.getClusters().get(position);
                state.put(
                        GateKeys.place(candidateId, slice.getMetric(), slice.getSlice(), cluster),
                        new ClusterPlace(position, slice.getExamples().get(position), 0));
            }
        }
        state.put(GateKeys.gate(candidateId), notStarted(plan, frozen.getPlanDigest(), slices));
        state.put(
                GateKeys.deadline(plan.getDeadlineMs(), candidateId),
                new Timer(plan.getDeadlineMs(), "gate", candidateId));
    }

    private static GateState notStarted(GatePlan plan, String digest, List<SliceProgress> slices) {
        return GateState.newBuilder()
                .setCandidateId(plan.getCandidateId())
                .setReferenceId(plan.getReferenceId())
                .setPlanEventId(plan.getEventId())
                .setPlanDigest(digest)
                .setAlphaMicros(plan.getAlphaMicros())
                .setAttempt(0)
                .setDeadlineMs(plan.getDeadlineMs())
                .setSlices(slices)
                .setVerdict(Verdict.UNKNOWN)
                .setMetric(plan.getMetric())
                .setLine(plan.getLine())
                .setHoldout(plan.getHoldout())
                .setRewardMetric(plan.getRewardMetric())
                .setHumanMetric(plan.getHumanMetric())
                .setBlockers(plan.getBlockers())
                .setRevokeOn(plan.getRevokeOn())
                .setWatchMs(plan.getWatchMs())
                .setSecondWithinMs(plan.getSecondWithinMs())
                .build();
    }

    private static SliceProgress notStarted(SliceMargin slice) {
        Bets none = Bets.none();
        return SliceProgress.newBuilder()
                .setSlice(slice.getSlice())
                .setMarginMicros(slice.getMarginMicros())
                .setAwaited(slice.getClusters().size())
                .setConsumed(0)
                .setMissing(0)
                .setPassLogEvidenceNanos(0)
                .setFailLogEvidenceNanos(0)
                .setBets(new BetMoments((long) none.count(), Nanos.of(none.sum()), Nanos.of(none.squares())))
                .setVerdict(Verdict.UNKNOWN)
                .setMetric(slice.getMetric())
                .setLowerIsBetter(slice.getLowerIsBetter())
                .setZeroTolerance(slice.getZeroTolerance())
                .setMaxRateMicros(slice.getMaxRateMicros())
                .build();
    }
}
