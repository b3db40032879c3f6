package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.event.Evaluation;
import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.event.SliceMargin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The release candidate: a plan frozen before the first result, and paired results that come in as they are measured. */
final class Release {
    static final String CANDIDATE = "studybuddy-2.0";

    private static final long MARGIN_MICROS = 100_000;
    private static final long ALPHA_MICROS = 50_000;
    private static final int CLUSTERS = 220;
    private static final double NEVER_MEASURED = .01;
    private static final List<String> SLICES = List.of("age:under-10", "lang:de", "topic:chemistry");

    private final StudyBuddy world;

    Release(StudyBuddy world) {
        this.world = world;
    }

    String candidate() {
        return CANDIDATE + "-" + world.run();
    }

    int results() {
        return CLUSTERS * SLICES.size();
    }

    Publication plan(long deadlineMs) {
        List<SliceMargin> slices = new ArrayList<>();
        for (String slice : SLICES) {
            List<String> clusters = new ArrayList<>();
            for (int i = 0; i < CLUSTERS; i++) {
                clusters.add(cluster(slice, i));
            }
            slices.add(SliceMargin.newBuilder()
                    .setSlice(slice)
                    .setMarginMicros(MARGIN_MICROS)
                    .setClusters(clusters)
                    .build());
        }
        GatePlan plan = GatePlan.newBuilder()
                .setEventId("plan-" + world.run())
                .setCandidateId(candidate())
                .setReferenceId("studybuddy-1.4")
                .setModelDigest("sha256:" + "0".repeat(56) + "57bd0020")
                .setMetric("teaches")
                .setLine("studybuddy")
                .setAlphaMicros(ALPHA_MICROS)
                .setSlices(slices)
                .setDeadlineMs(deadlineMs)
                .setOccurredAtMs(0)
                .build();
        return Publication.event(Channel.EVALUATIONS, candidate(), new Evaluation(plan, null));
    }

    /** The result with this number, slices in turn; empty for one that was never measured. */
    Optional<Publication> result(int number) {
        String slice = SLICES.get(number % SLICES.size());
        int index = number / SLICES.size();
        Draw draw = Draw.of(world.seed(), "paired", slice, index);
        if (draw.happens(NEVER_MEASURED)) {
            return Optional.empty();
        }
        int candidate = teaches(SimulatedModel.RELEASE, draw, slice);
        int reference = teaches(SimulatedModel.CURRENT, draw, slice);
        PairedResult result = PairedResult.newBuilder()
                .setEventId("result-" + world.run() + "-" + number)
                .setCandidateId(candidate())
                .setSlice(slice)
                .setCluster(cluster(slice, index))
                .setDifferenceMicros((candidate - reference) * 1_000_000L)
                .setOccurredAtMs(0)
                .build();
        return Optional.of(Publication.event(Channel.EVALUATIONS, candidate(), new Evaluation(null, result)));
    }

    private static int teaches(SimulatedModel model, Draw draw, String slice) {
        return model.answer(draw, List.of(slice)) == Behaviour.HELPS ? 1 : 0;
    }

    private static String cluster(String slice, int index) {
        return slice + "/" + index;
    }
}
