package dev.heed.items.rows;

import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.RowOffer;
import dev.heed.out.Judgment;
import dev.heed.policy.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a row would be in its dataset, whatever the dataset's rule counts of it. */
final class Offers {
    private Offers() {}

    static RowOffer of(Row row) {
        Judgment judgment = row.judgment();
        return new RowOffer(
                row.id(),
                judgment.getInteractionId(),
                judgment.getQuestionId(),
                row.dataset(),
                row.split(),
                row.item().getInteraction().getSimhash(),
                sources(row.item().getInteraction(), row.answers()),
                judgment.getClassName());
    }

    /** A text that a rater wrote comes from where the answer comes from that it is about. */
    private static List<String> sources(InteractionAccepted interaction, Answers answers) {
        TreeSet<String> sources = new TreeSet<>();
        for (CandidateFeatures each : behind(interaction, answers)) {
            sources.add(name(RowSource.MODEL, each.getModelId() + "@" + each.getModelVersion()));
            sources.add(name(RowSource.TEMPLATE, each.getTemplateVersion()));
        }
        interaction.getSlices().forEach(slice -> sources.add(name(RowSource.SLICE, slice)));
        sources.add(name(RowSource.LANGUAGE, interaction.getLanguage()));
        return new ArrayList<>(sources);
    }

    /** Name of a source: its kind and which of the kind. */
    private static String name(RowSource source, String name) {
        return source.name() + " " + name;
    }

    private static List<CandidateFeatures> behind(InteractionAccepted interaction, Answers answers) {
        List<CandidateFeatures> behind = new ArrayList<>();
        for (int i = 0; i < interaction.getCandidates().size(); i++) {
            CandidateFeatures each = interaction.getCandidates().get(i);
            boolean about = answers.proposal() != null && answers.proposal().getCandidate() == i;
            if (about
                    || each.getPart().equals(answers.chosen())
                    || each.getPart().equals(answers.rejected())) {
                behind.add(each);
            }
        }
        return behind;
    }
}
