package dev.heed.runner.evaluate;

import dev.heed.event.RaterKind;
import dev.heed.fact.AgreementReported;
import dev.heed.fact.CalibrationFact;
import dev.heed.out.Judgment;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the loop said of a study: the last judgment of each item, and the last report of agreement. */
final class StudyOutcome {
    private final StudyEvents events;
    private final Map<String, Judgment> judgments = new HashMap<>();
    private @Nullable AgreementReported agreement;
    private long judged;

    StudyOutcome(StudyEvents events) {
        this.events = events;
    }

    /** Takes one committed record of judgments or of calibration's facts. */
    void read(SpecificRecord value) {
        if (value instanceof Judgment judgment) {
            Judgment before = judgments.put(judgment.getInteractionId(), judgment);
            judged += labels(judgment) - (before == null ? 0 : labels(before));
        } else if (value instanceof CalibrationFact fact && fact.getAgreementReported() != null) {
            agreement = fact.getAgreementReported();
        }
    }

    /** Labels behind the judgments so far. */
    long labelsJudged() {
        return judged;
    }

    private static long labels(Judgment judgment) {
        return judgment.getLabels().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .count();
    }

    /** Labels behind the last report of agreement; items with one label are not among them. */
    long labelsAgreed() {
        return agreement == null ? 0 : agreement.getLabels();
    }

    /** Krippendorff's nominal alpha of the last report; null when it was not defined. */
    @Nullable Double alpha() {
        return agreement == null || agreement.getAlphaMicros() == null ? null : agreement.getAlphaMicros() / 1e6;
    }

    /** The judged label of each item. */
    Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>();
        judgments.forEach((interaction, judgment) ->
                answers.put(events.item(interaction), events.label(judgment.getClassName())));
        return answers;
    }
}
