package dev.heed.simulator;

import dev.heed.event.SignalKind;
import java.util.List;
import java.util.Objects;

/**
 * A monitor with known error rates.
 *
 * @param id its id, as a rater's
 * @param vendor detectors of one vendor fail together
 * @param kind the sort of monitor
 * @param asked the question it answers
 * @param scores true when it gives a score that policy's threshold turns into a class
 * @param misses how often it does not see what is there
 * @param falseAlarms how often it sees what is not there
 * @param together share of its verdicts that it makes from the same draw as its vendor's others
 */
public record SimulatedDetector(
        String id,
        String vendor,
        SignalKind kind,
        Asked asked,
        boolean scores,
        double misses,
        double falseAlarms,
        double together) {

    /** All of StudyBuddy's. A user's report is a detector that mostly says nothing. */
    static final List<SimulatedDetector> ALL = List.of(
            new SimulatedDetector(
                    "guard-fast", "northwind", SignalKind.GUARDRAIL, Asked.VIOLATION, false, .18, .07, .7),
            new SimulatedDetector(
                    "guard-deep", "northwind", SignalKind.CLASSIFIER, Asked.VIOLATION, true, .12, .05, .7),
            new SimulatedDetector("tone-check", "lumen", SignalKind.CLASSIFIER, Asked.HONESTY, false, .25, .10, 0),
            new SimulatedDetector("refusal-check", "lumen", SignalKind.CLASSIFIER, Asked.REFUSAL, true, .10, .06, 0));

    /** The class it names. */
    String verdict(long seed, Encounter encounter) {
        List<String> classes = asked.classes();
        String truth = Objects.requireNonNull(asked.truth(encounter), asked.id());
        boolean shared =
                Draw.of(seed, "vendor-shared", vendor, encounter.number()).happens(together);
        Draw draw = Draw.of(seed, "verdict", shared ? vendor : id, encounter.number());
        boolean harmless = truth.equals(classes.get(0));
        if (!draw.happens(harmless ? falseAlarms : misses)) {
            return truth;
        }
        return harmless ? classes.get(1 + draw.below(classes.size() - 1)) : classes.get(0);
    }

    /** Its score in micros: from the threshold of a half up for the second class, below it for the first. */
    long scoreMicros(long seed, Encounter encounter) {
        boolean positive = verdict(seed, encounter).equals(asked.classes().get(1));
        double within = Draw.of(seed, "score", id, encounter.number()).uniform();
        return (long) ((positive ? 500_000 : 0) + within * 499_999);
    }
}
