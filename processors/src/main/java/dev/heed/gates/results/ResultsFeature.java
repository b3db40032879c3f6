package dev.heed.gates.results;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.PairedResult;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ResultBuffered;
import dev.heed.gates.GateKeys;
import dev.heed.state.ClusterPlace;
import dev.heed.state.ClusterResult;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Takes one result for each cluster of a frozen plan, in whatever order they come. */
public final class ResultsFeature implements Feature {
    private static final long MAX_DIFFERENCE_MICROS = 1_000_000;

    @Override
    public void decide(Step step) {
        if (step.event() instanceof PairedResult result) {
            GateState gate = step.state().get(GateKeys.gate(result.getCandidateId()), GateState.class);
            if (gate == null) {
                step.refuse(
                        "candidate_unknown",
                        "candidate_id: " + result.getCandidateId() + " (expected: a candidate whose plan is frozen;"
                                + " publish the plan first)");
            } else {
                decide(step, gate, result);
            }
        }
    }

    private static void decide(Step step, GateState gate, PairedResult result) {
        ClusterPlace place = step.state()
                .get(
                        GateKeys.place(result.getCandidateId(), result.getSlice(), result.getCluster()),
                        ClusterPlace.class);
        if (place == null) {
            refuseUnplanned(step, gate, result);
        } else if (place.getDifferenceMicros() != null) {
            decideAgain(step, place.getDifferenceMicros(), result);
        } else if (step.nowMs() >= gate.getDeadlineMs()) {
            step.refuse(
                    "deadline_passed",
                    "cluster " + result.getCluster() + " of slice " + result.getSlice() + " comes at " + step.nowMs()
                            + " (expected: before the deadline " + gate.getDeadlineMs() + "; it counts as missing)");
        } else if (Math.abs(result.getDifferenceMicros()) > MAX_DIFFERENCE_MICROS) {
            step.refuse(
                    "difference_out_of_range",
                    "difference_micros: " + result.getDifferenceMicros() + " (expected: -" + MAX_DIFFERENCE_MICROS
                            + " to " + MAX_DIFFERENCE_MICROS + ")");
        } else {
            step.emit(new ResultBuffered(result));
        }
    }

    /** A cluster has one result: whoever could send a second one could choose. */
    private static void decideAgain(Step step, long knownMicros, PairedResult result) {
        if (knownMicros == result.getDifferenceMicros()) {
            step.ignoreDuplicate();
        } else {
            step.refuse(
                    "result_known",
                    "cluster " + result.getCluster() + " of slice " + result.getSlice() + ": difference_micros "
                            + result.getDifferenceMicros() + " (expected: " + knownMicros
                            + " as before; the first result stands)");
        }
    }

    private static void refuseUnplanned(Step step, GateState gate, PairedResult result) {
        List<String> slices =
                gate.getSlices().stream().map(SliceProgress::getSlice).toList();
        if (slices.contains(result.getSlice())) {
            step.refuse(
                    "cluster_unknown",
                    "cluster: " + result.getCluster() + " (expected: a cluster of slice " + result.getSlice()
                            + " in plan " + gate.getPlanDigest() + ")");
        } else {
            step.refuse("slice_unknown", "slice: " + result.getSlice() + " (expected: one of " + slices + ")");
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ResultBuffered buffered) {
            PairedResult result = buffered.getResult();
            String candidateId = result.getCandidateId();
            String placeKey = GateKeys.place(candidateId, result.getSlice(), result.getCluster());
            ClusterPlace place = Objects.requireNonNull(state.get(placeKey, ClusterPlace.class));
            state.put(placeKey, new ClusterPlace(place.getPosition(), result.getDifferenceMicros()));
            state.put(
                    GateKeys.result(candidateId, result.getSlice(), place.getPosition()),
                    new ClusterResult(result.getDifferenceMicros()));
        }
    }
}
