package dev.heed.gates.results;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.PairedResult;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ResultBuffered;
import dev.heed.fact.ResultLate;
import dev.heed.gates.GateKeys;
import dev.heed.gates.SliceTests;
import dev.heed.state.ClusterPlace;
import dev.heed.state.ExampleResult;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Takes one result for each example of a frozen plan, in whatever order they come. */
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
                decide(step, gate, inFull(gate, result));
            }
        }
    }

    /** The result with its metric, which it may leave to the plan. */
    private static PairedResult inFull(GateState gate, PairedResult result) {
        return result.getMetric().isEmpty()
                ? PairedResult.newBuilder(result).setMetric(gate.getMetric()).build()
                : result;
    }

    private static void decide(Step step, GateState gate, PairedResult result) {
        Optional<SliceProgress> test = SliceTests.find(gate, result.getMetric(), result.getSlice());
        ClusterPlace place = step.state().get(BufferedResults.placeKey(result), ClusterPlace.class);
        if (test.isEmpty() || place == null) {
            refuseUnplanned(step, gate, result, test.isPresent());
            return;
        }
        ExampleResult known = step.state().get(BufferedResults.exampleKey(result), ExampleResult.class);
        if (known != null) {
            decideAgain(step, known, result);
        } else if (!gate.getHoldout().isEmpty() && !result.getHoldout().equals(gate.getHoldout())) {
            step.refuse(
                    "holdout_mismatch",
                    "holdout: " + result.getHoldout() + " (expected: " + gate.getHoldout()
                            + ", the version that the plan requires)");
        } else if (Math.abs(result.getDifferenceMicros()) > MAX_DIFFERENCE_MICROS) {
            step.refuse(
                    "difference_out_of_range",
                    "difference_micros: " + result.getDifferenceMicros() + " (expected: -" + MAX_DIFFERENCE_MICROS
                            + " to " + MAX_DIFFERENCE_MICROS + ")");
        } else if (step.nowMs() >= gate.getDeadlineMs()) {
            step.emit(new ResultLate(result));
        } else if (place.getReceived() >= place.getExamples()) {
            step.refuse(
                    "cluster_complete",
                    "example: " + result.getExample() + " of cluster " + result.getCluster() + ", slice "
                            + result.getSlice() + " (expected: one of the " + place.getExamples()
                            + " that are in already)");
        } else {
            boolean lower = test.get().getLowerIsBetter();
            step.emit(new ResultBuffered(result, lower ? -result.getDifferenceMicros() : result.getDifferenceMicros()));
        }
    }

    /** An example has one result: whoever could send a second one could choose. */
    private static void decideAgain(Step step, ExampleResult known, PairedResult result) {
        if (known.getDifferenceMicros() == result.getDifferenceMicros()
                && known.getViolated() == result.getViolated()) {
            step.ignoreDuplicate();
        } else {
            step.refuse(
                    "result_known",
                    "cluster " + result.getCluster() + " of slice " + result.getSlice() + ": difference_micros "
                            + said(result.getDifferenceMicros(), result.getViolated()) + " (expected: "
                            + said(known.getDifferenceMicros(), known.getViolated())
                            + " as before; the first result stands)");
        }
    }

    private static String said(long differenceMicros, boolean violated) {
        return differenceMicros + (violated ? ", violated" : "");
    }

    private static void refuseUnplanned(Step step, GateState gate, PairedResult result, boolean sliceKnown) {
        if (sliceKnown) {
            step.refuse(
                    "cluster_unknown",
                    "cluster: " + result.getCluster() + " (expected: a cluster of slice " + result.getSlice()
                            + " in plan " + gate.getPlanDigest() + ")");
        } else {
            List<String> tests = gate.getSlices().stream()
                    .map(test -> SliceTests.name(gate, test))
                    .toList();
            String metric = result.getMetric().equals(gate.getMetric()) ? "" : ":" + result.getMetric();
            step.refuse("slice_unknown", "slice: " + result.getSlice() + metric + " (expected: one of " + tests + ")");
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof ResultBuffered buffered) {
            BufferedResults.add(state, buffered);
        } else if (fact instanceof ResultLate late) {
            BufferedResults.addLate(state, header, late.getResult());
        }
    }
}
