package dev.heed.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.core.Outgoing;
import dev.heed.event.GateOverride;
import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.event.SliceMargin;
import dev.heed.event.Verdict;
import dev.heed.fact.EventRefused;
import dev.heed.fact.PlanFrozen;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.GatesEvent;
import dev.heed.out.GateVerdict;
import dev.heed.state.GateState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** A gates stage with a candidate, spoken to in the words of a story. */
final class GatesTrial {
    static final String CANDIDATE = "model-2";
    static final byte[] SEED = "secret".getBytes(StandardCharsets.UTF_8);
    static final long DEADLINE_MS = 1_000_000;

    private final StageTrial trial = new StageTrial(GatesStage.create(SEED));
    private final Envelope envelope = new Envelope(GatesEvent.getClassSchema());
    private int delivered;
    private int results;

    StageTrial stage() {
        return trial;
    }

    static List<String> clusters(int count) {
        List<String> clusters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clusters.add("cluster-" + i);
        }
        return clusters;
    }

    static SliceMargin slice(String name, int clusters) {
        return SliceMargin.newBuilder()
                .setSlice(name)
                .setMarginMicros(100_000L)
                .setClusters(clusters(clusters))
                .build();
    }

    static GatePlan plan(String eventId, SliceMargin... slices) {
        return GatePlan.newBuilder()
                .setEventId(eventId)
                .setCandidateId(CANDIDATE)
                .setReferenceId("model-1")
                .setModelDigest("sha256:0")
                .setMetric("reward")
                .setAlphaMicros(50_000)
                .setSlices(List.of(slices))
                .setDeadlineMs(DEADLINE_MS)
                .setOccurredAtMs(0)
                .build();
    }

    /** Submits a plan, and lets what the stage sends itself come back; returns what was decided on the plan. */
    List<SpecificRecord> submit(GatePlan plan) {
        List<SpecificRecord> facts = trial.sendPublic(plan.getCandidateId(), plan);
        deliver();
        return facts;
    }

    /** What the stage has sent to its own journal comes. */
    void deliver() {
        for (List<Outgoing> sent = trial.sent(Channel.GATES_JOURNAL);
                delivered < sent.size();
                sent = trial.sent(Channel.GATES_JOURNAL)) {
            Outgoing next = sent.get(delivered++);
            trial.send(next.key(), envelope.payload(Objects.requireNonNull(next.value())));
        }
    }

    List<SpecificRecord> submit(PairedResult result) {
        return trial.sendPublic(result.getCandidateId(), result);
    }

    PairedResult.Builder result() {
        return PairedResult.newBuilder()
                .setEventId("result-" + results++)
                .setCandidateId(CANDIDATE)
                .setDifferenceMicros(0)
                .setOccurredAtMs(0);
    }

    /** What a person asks, under an event id of its own. */
    List<SpecificRecord> override(String actor, Verdict verdict, String reason) {
        ActionAccepted action = new ActionAccepted();
        action.setEventId("action-" + results++);
        action.setActor(actor);
        action.setOverride(new GateOverride(CANDIDATE, verdict, reason));
        return trial.sendPublic(CANDIDATE, action);
    }

    List<SpecificRecord> result(String slice, String cluster, long differenceMicros) {
        return submit(result().setSlice(slice)
                .setCluster(cluster)
                .setDifferenceMicros(differenceMicros)
                .build());
    }

    /** The same result for every cluster of a slice, in an order that has nothing to do with the bets'. */
    void results(String slice, int from, int to, long differenceMicros) {
        for (int i = from; i < to; i++) {
            result(slice, "cluster-" + i, differenceMicros);
        }
    }

    /** The clusters of a slice in the order of the bets, which only a test may look up. */
    List<String> order(int slice) {
        return trial.facts(PlanFrozen.class)
                .get(0)
                .getPlan()
                .getSlices()
                .get(slice)
                .getClusters();
    }

    GateState gate() {
        return Objects.requireNonNull(
                trial.state().get(GateKeys.gate(CANDIDATE), GateState.class), "no plan is frozen");
    }

    List<GateVerdict> verdicts() {
        return trial.sent(Channel.GATE_VERDICTS).stream()
                .map(sent -> (GateVerdict) Objects.requireNonNull(sent.value()))
                .toList();
    }

    GateVerdict lastVerdict() {
        List<GateVerdict> verdicts = verdicts();
        return verdicts.get(verdicts.size() - 1);
    }

    /** One event was refused, for this reason. */
    static void assertRefused(List<SpecificRecord> facts, String code, String reason) {
        assertThat(facts).singleElement().isInstanceOfSatisfying(EventRefused.class, refused -> {
            assertThat(refused.getReasonCode()).isEqualTo(code);
            assertThat(refused.getReason()).contains(reason);
        });
    }
}
