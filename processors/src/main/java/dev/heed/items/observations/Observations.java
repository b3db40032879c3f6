package dev.heed.items.observations;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.Step;
import dev.heed.event.DriftKind;
import dev.heed.event.RaterKind;
import dev.heed.fact.FactHeader;
import dev.heed.fact.Judged;
import dev.heed.fact.JudgmentObserved;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.JudgedObservation;
import dev.heed.journal.SubmittedLabel;
import dev.heed.out.Judgment;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends the first judgment of an item to the pressure tests of its question. A revision is not sent: a test has bet on
 * the item already. Nor is a known answer, which people chose and traffic did not bring.
 */
public final class Observations implements Feature {
    private static final String GOLD = "gold";
    private static final int PEOPLE_COMPARED = 2;

    @Override
    public void decide(Step step) {
        for (Judged judged : step.facts(Judged.class)) {
            Judgment judgment = judged.getJudgment();
            Question question = Questions.find(step.policy(), judgment.getQuestionId());
            if (question != null
                    && !question.getPressures().isEmpty()
                    && judgment.getRevision() == 1
                    && !judgment.getReason().equals(GOLD)) {
                step.emit(new JudgmentObserved(observation(step, question, judgment)));
            }
        }
    }

    private static JudgedObservation observation(Step step, Question question, Judgment judgment) {
        Item item = Objects.requireNonNull(Items.find(step.state(), judgment.getInteractionId()));
        InteractionAccepted interaction = item.getInteraction();
        return new JudgedObservation(
                judgment.getInteractionId(),
                judgment.getQuestionId(),
                judgment.getClassName(),
                judgment.getPropensityMicros(),
                interaction.getSlices(),
                interaction.getLanguage(),
                common(interaction, CandidateFeatures::getTemplateVersion),
                common(interaction, each -> each.getModelId() + "@" + each.getModelVersion()),
                reward(step, question, judgment.getInteractionId()),
                peopleAgree(judgment),
                judgment.getRubricVersion(),
                judgment.getPolicyVersion());
    }

    /** What all candidates share, or the empty string. */
    private static String common(InteractionAccepted interaction, Function<CandidateFeatures, String> feature) {
        List<String> values =
                interaction.getCandidates().stream().map(feature).distinct().toList();
        return values.size() == 1 ? values.get(0) : "";
    }

    private static @Nullable Long reward(Step step, Question question, String interactionId) {
        for (PressureRule rule : question.getPressures()) {
            if (rule.getKind() == DriftKind.PROXY_REWARD) {
                return Rewards.micros(step.state(), interactionId, rule.getDetectorId());
            }
        }
        return null;
    }

    /** Of the first two only: those who come later were asked because the first ones disagreed. */
    private static @Nullable Boolean peopleAgree(Judgment judgment) {
        List<String> said = judgment.getLabels().stream()
                .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                .limit(PEOPLE_COMPARED)
                .map(SubmittedLabel::getClassName)
                .toList();
        return said.size() < PEOPLE_COMPARED ? null : said.get(0).equals(said.get(1));
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof JudgmentObserved observed) {
            CalibrationEvent event = new CalibrationEvent();
            event.setJudged(observed.getObservation());
            out.send(Channel.CALIBRATION_JOURNAL, observed.getObservation().getQuestionId(), event);
        }
    }
}
