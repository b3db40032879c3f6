package dev.heed.runner.gate;

import dev.heed.core.Channel;
import dev.heed.fact.EvidenceAdvanced;
import dev.heed.gates.evidence.Evidence;
import dev.heed.math.Micros;
import dev.heed.out.GateStep;
import dev.heed.out.GateVerdict;
import dev.heed.out.SliceEvidence;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last verdict of each candidate, with the evidence of the steps since. */
final class GateBoard {
    private static final Duration POLL = Duration.ofMillis(200);

    private GateBoard() {}

    static Map<String, GateVerdict> read(Cluster cluster) {
        Map<String, GateVerdict> verdicts = new TreeMap<>();
        List<EvidenceAdvanced> steps = new ArrayList<>();
        try (CommittedReader reader = new CommittedReader(
                cluster,
                "heed-gate",
                List.of(Channel.GATE_VERDICTS, Channel.GATE_EVIDENCE),
                List.of(),
                (channel, record, value) -> {
                    if (value instanceof GateVerdict verdict) {
                        verdicts.put(verdict.getCandidateId(), verdict);
                    } else if (value instanceof GateStep step) {
                        steps.add(step.getEvidence());
                    }
                })) {
            while (!reader.caughtUp()) {
                reader.poll(POLL);
            }
        }
        steps.forEach(step -> verdicts.computeIfPresent(step.getCandidateId(), (id, verdict) -> after(verdict, step)));
        return verdicts;
    }

    /** The two topics are read side by side, so that a step may have been before the verdict. */
    private static GateVerdict after(GateVerdict verdict, EvidenceAdvanced step) {
        double alpha = Micros.toDouble(verdict.getAlphaMicros());
        List<SliceEvidence> slices = verdict.getSlices().stream()
                .map(slice -> slice.getSlice().equals(step.getSlice())
                                && slice.getMetric().equals(step.getMetric())
                                && slice.getConsumed() < step.getConsumed()
                        ? Evidence.after(slice, step, alpha)
                        : slice)
                .toList();
        return GateVerdict.newBuilder(verdict).setSlices(slices).build();
    }
}
