package dev.heed.items;

import dev.heed.core.StageRunner;
import dev.heed.core.StandingAlerts;
import dev.heed.core.StateReader;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.SliceAlert;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.List;

/** By how much the alerts that stand raise an item's exposure on a question. */
final class Alerted {
    private Alerted() {}

    /** The largest factor that applies, up to the policy's cap; in micros, 1000000 where none does. */
    static long factorMicros(StateReader state, Policy policy, Question question, InteractionAccepted interaction) {
        long factor = Micros.ONE;
        for (SliceAlert alert : StandingAlerts.at(state, StageRunner.nowMs(state))) {
            if (applies(alert, question, interaction)) {
                factor = Math.max(factor, alert.getFactorMicros());
            }
        }
        return Math.min(factor, policy.getMaxExposureFactorMicros());
    }

    private static boolean applies(SliceAlert alert, Question question, InteractionAccepted interaction) {
        boolean asked = alert.getQuestionId().isEmpty() || alert.getQuestionId().equals(question.getQuestionId());
        List<String> slices = alert.getSlices();
        boolean within = slices.isEmpty() || interaction.getSlices().stream().anyMatch(slices::contains);
        return asked && within && isSubject(alert, interaction);
    }

    private static boolean isSubject(SliceAlert alert, InteractionAccepted interaction) {
        String subject = alert.getSubject();
        return switch (alert.getDimension()) {
            case SLICE -> interaction.getSlices().contains(subject);
            case LANGUAGE -> interaction.getLanguage().equals(subject);
            case TEMPLATE ->
                interaction.getCandidates().stream()
                        .anyMatch(each -> each.getTemplateVersion().equals(subject));
            case MODEL ->
                interaction.getCandidates().stream()
                        .anyMatch(each -> (each.getModelId() + "@" + each.getModelVersion()).equals(subject));
            // Which class an item is of is what is asked, so the whole question is looked at.
            case QUESTION, CLASS -> true;
            case RATER, UNKNOWN -> false;
        };
    }
}
