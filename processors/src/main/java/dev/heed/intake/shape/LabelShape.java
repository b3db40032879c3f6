package dev.heed.intake.shape;

import dev.heed.event.LabelMatcher;
import java.util.List;

/** The shape of what refers to the labels of an incident. */
final class LabelShape {
    private static final int MATCHERS = 20;
    private static final List<String> LABELS =
            List.of("interaction", "question", "level", "model", "subject", "language", "slice");
    private static final String SLICE_OF = "slice:";

    private final Problems problems;

    LabelShape(Problems problems) {
        this.problems = problems;
    }

    /** Checks matchers, of which there must be one at least: none would match everything. */
    void matchers(String path, List<LabelMatcher> matchers) {
        problems.count(path, matchers.size(), 1, MATCHERS);
        for (int i = 0; i < matchers.size(); i++) {
            String at = path + "[" + i + "].";
            label(at + "label", matchers.get(i).getLabel());
            problems.distinctIds(at + "values", matchers.get(i).getValues(), 1, Limits.NAMES);
        }
    }

    /** Checks names of labels, of which there may be none. */
    void labels(String path, List<String> labels) {
        problems.distinctIds(path, labels, 0, MATCHERS);
        for (int i = 0; i < labels.size(); i++) {
            label(path + "[" + i + "]", labels.get(i));
        }
    }

    private void label(String path, String label) {
        boolean known = LABELS.contains(label)
                || (label.startsWith(SLICE_OF) && Problems.isId(label) && label.length() > SLICE_OF.length());
        problems.check(known, path, label, "one of " + String.join(", ", LABELS) + ", or slice:NAME");
    }
}
