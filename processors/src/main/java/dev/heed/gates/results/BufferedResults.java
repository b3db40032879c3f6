package dev.heed.gates.results;

import dev.heed.core.State;
import dev.heed.event.PairedResult;
import dev.heed.fact.FactHeader;
import dev.heed.fact.ResultBuffered;
import dev.heed.gates.GateKeys;
import dev.heed.state.ClusterPlace;
import dev.heed.state.ClusterResult;
import dev.heed.state.ExampleResult;
import dev.heed.state.GateState;
import dev.heed.state.GateWaiting;
import java.util.Objects;

/** Writes results down until their cluster is bet on. */
final class BufferedResults {
    private BufferedResults() {}

    static String placeKey(PairedResult result) {
        return GateKeys.place(result.getCandidateId(), result.getMetric(), result.getSlice(), result.getCluster());
    }

    static String exampleKey(PairedResult result) {
        return GateKeys.example(
                result.getCandidateId(),
                result.getMetric(),
                result.getSlice(),
                result.getCluster(),
                result.getExample());
    }

    static void add(State state, ResultBuffered buffered) {
        PairedResult result = buffered.getResult();
        state.put(exampleKey(result), new ExampleResult(result.getDifferenceMicros(), result.getViolated()));
        ClusterPlace place = Objects.requireNonNull(state.get(placeKey(result), ClusterPlace.class));
        int received = place.getReceived() + 1;
        state.put(placeKey(result), new ClusterPlace(place.getPosition(), place.getExamples(), received));
        String key =
                GateKeys.result(result.getCandidateId(), result.getMetric(), result.getSlice(), place.getPosition());
        ClusterResult before = state.get(key, ClusterResult.class);
        state.put(
                key,
                new ClusterResult(
                        (before == null ? 0 : before.getSumMicros()) + buffered.getBetterMicros(),
                        place.getExamples(),
                        received,
                        (before == null ? 0 : before.getViolations()) + (result.getViolated() ? 1 : 0)));
    }

    static void addLate(State state, FactHeader header, PairedResult result) {
        String candidateId = result.getCandidateId();
        state.put(exampleKey(result), new ExampleResult(result.getDifferenceMicros(), result.getViolated()));
        GateState gate = Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
        state.put(
                GateKeys.gate(candidateId),
                GateState.newBuilder(gate).setLate(gate.getLate() + 1).build());
        state.put(GateKeys.late(candidateId), new GateWaiting(header.getTimeMs()));
    }
}
