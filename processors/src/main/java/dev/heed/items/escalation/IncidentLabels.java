package dev.heed.items.escalation;

import dev.heed.event.LabelMatcher;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.InteractionAccepted;
import dev.heed.state.HeldEscalation;
import java.util.ArrayList;
import java.util.List;

/** What silences, inhibitions and groups know an incident by: labels, each with no, one or more values. */
record IncidentLabels(List<LabelMatcher> fixed, String level) {
    private static final String LEVEL = "level";
    private static final String SLICE = "slice";
    private static final String SLICE_OF = "slice:";

    static IncidentLabels of(HeldEscalation held) {
        return new IncidentLabels(
                held.getLabels(), held.getLevels().get(held.getLevelIndex()).getName());
    }

    /** The labels that stay the same whatever level the incident is at. */
    static List<LabelMatcher> fixed(InteractionAccepted interaction, String questionId) {
        return List.of(
                new LabelMatcher("interaction", List.of(interaction.getInteractionId())),
                new LabelMatcher("question", List.of(questionId)),
                new LabelMatcher(
                        "model",
                        interaction.getCandidates().stream()
                                .map(CandidateFeatures::getModelId)
                                .distinct()
                                .sorted()
                                .toList()),
                new LabelMatcher("subject", List.of(interaction.getSubject())),
                new LabelMatcher("language", List.of(interaction.getLanguage())),
                new LabelMatcher(SLICE, interaction.getSlices()));
    }

    /** Whether the incident has a value that is meant, of every label that is asked for. */
    boolean matches(List<LabelMatcher> matchers) {
        for (LabelMatcher matcher : matchers) {
            if (values(matcher.getLabel()).stream().noneMatch(matcher.getValues()::contains)) {
                return false;
            }
        }
        return true;
    }

    /** The labels with their values, the same text for all incidents that have these values. */
    String named(List<String> labels) {
        List<String> parts = new ArrayList<>();
        for (String label : labels) {
            parts.add(label + "=" + String.join(",", values(label)));
        }
        return String.join(" ", parts);
    }

    /** The name of the incident's group: its level, and what its policy groups by. */
    String group(List<String> groupBy) {
        List<String> labels = new ArrayList<>(List.of(LEVEL));
        groupBy.stream().filter(label -> !label.equals(LEVEL)).forEach(labels::add);
        return named(labels);
    }

    private List<String> values(String label) {
        if (label.equals(LEVEL)) {
            return List.of(level);
        }
        boolean oneKind = label.startsWith(SLICE_OF);
        String prefix = oneKind ? label.substring(SLICE_OF.length()) + ":" : "";
        for (LabelMatcher each : fixed) {
            if (each.getLabel().equals(oneKind ? SLICE : label)) {
                return each.getValues().stream()
                        .filter(value -> value.startsWith(prefix))
                        .toList();
            }
        }
        return List.of();
    }
}
