package dev.heed.runner.evaluate.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What the simulation of drift comes to. */
record DriftFigures(List<DriftStudy.NullFigure> nulls, List<DriftStudy.ShiftFigure> shifts) {
    static DriftFigures of(DriftStudy study) {
        return new DriftFigures(study.nulls(), study.shifts());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode without = json.putArray("null");
        for (DriftStudy.NullFigure figure : nulls) {
            without.addObject()
                    .put("test", figure.test())
                    .put("streams", figure.streams())
                    .put("observations", figure.observations())
                    .put("false_alarms_stated", figure.stated())
                    .put("false_alarms", figure.alarms());
        }
        ArrayNode with = json.putArray("shift");
        for (DriftStudy.ShiftFigure figure : shifts) {
            with.addObject()
                    .put("test", figure.test())
                    .put("size", figure.size())
                    .put("cases", figure.cases())
                    .put("named_rightly", figure.namedRightly())
                    .put("share_named_rightly", figure.share())
                    .put("median_delay_items", figure.medianDelay());
        }
        return json;
    }

    String text() {
        StringBuilder text = new StringBuilder("without drift      streams  observations  alarms at most  alarms\n");
        for (DriftStudy.NullFigure figure : nulls) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-17s  %7d  %12d  %14.1f  %6d%n",
                    figure.test(),
                    figure.streams(),
                    figure.observations(),
                    figure.stated(),
                    figure.alarms()));
        }
        text.append("\nwith drift         cases  named rightly  median delay  what shifts\n");
        for (DriftStudy.ShiftFigure figure : shifts) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-17s  %5d  %12.1f%%  %12.1f  %s%n",
                    figure.test(),
                    figure.cases(),
                    100 * figure.share(),
                    figure.medianDelay(),
                    figure.size()));
        }
        return text.append("\nDelays are items, from the shift to the first alarm. Each rater labels each item.")
                .toString();
    }
}
