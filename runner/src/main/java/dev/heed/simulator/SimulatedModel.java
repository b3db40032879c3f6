package dev.heed.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A version of the tutor with its faults.
 *
 * @param modelId the model
 * @param version its version
 * @param template version of its prompt template
 * @param faults how often it does what it should not, per behaviour
 * @param slices where it is better or worse: slice to factor on all faults
 */
public record SimulatedModel(
        String modelId, String version, String template, Map<Behaviour, Double> faults, Map<String, Double> slices) {

    /** In production. */
    static final SimulatedModel CURRENT =
            new SimulatedModel("studybuddy", "1.4", "tutor-7", faults(.035, .06, .09, .06), Map.of("lang:es", 1.4));
    /** In production after a careless change of its prompt: it refuses more than it answers. */
    static final SimulatedModel SHY =
            new SimulatedModel("studybuddy", "1.4.1", "tutor-9", faults(.03, .60, .04, .04), Map.of());
    /** Answers beside it, unseen by the child, to be compared. */
    static final SimulatedModel CHALLENGER = new SimulatedModel(
            "studybuddy", "1.5", "tutor-8", faults(.03, .10, .04, .08), Map.of("topic:history", 0.5));
    /** Wants to ship: better for the youngest, worse in chemistry. */
    static final SimulatedModel RELEASE = new SimulatedModel(
            "studybuddy",
            "2.0",
            "tutor-8",
            faults(.03, .05, .05, .05),
            Map.of("age:under-10", 0.3, "topic:chemistry", 2.9));

    private static Map<Behaviour, Double> faults(double violates, double refuses, double flatters, double invents) {
        Map<Behaviour, Double> faults = new EnumMap<>(Behaviour.class);
        faults.put(Behaviour.VIOLATES, violates);
        faults.put(Behaviour.REFUSES, refuses);
        faults.put(Behaviour.FLATTERS, flatters);
        faults.put(Behaviour.INVENTS, invents);
        return faults;
    }

    /** What it does, asked on these slices. */
    Behaviour answer(Draw draw, List<String> on) {
        double factor = 1;
        for (String slice : on) {
            factor *= slices.getOrDefault(slice, 1.0);
        }
        double u = draw.uniform();
        for (Behaviour behaviour : Behaviour.values()) {
            u -= faults.getOrDefault(behaviour, 0.0) * factor;
            if (u < 0) {
                return behaviour;
            }
        }
        return Behaviour.HELPS;
    }
}
