package dev.heed.items.escalation;

import dev.heed.core.Feature;
import dev.heed.core.GateConcerns;
import dev.heed.core.Outbox;
import dev.heed.core.Step;
import dev.heed.event.Blocker;
import dev.heed.fact.ConcernRaised;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.FactHeader;
import dev.heed.items.Items;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.Concern;
import dev.heed.state.HeldEscalation;
import dev.heed.state.Item;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Tells gates when an escalation is at a critical level, and when it is not open any more. */
public final class Concerns implements Feature {
    @Override
    public void decide(Step step) {
        for (EscalationOpened opened : step.facts(EscalationOpened.class)) {
            tell(step, opened.getInteractionId(), opened.getQuestionId(), opened.getLevelIndex(), true);
        }
        for (EscalationRaised raised : step.facts(EscalationRaised.class)) {
            tell(step, raised.getInteractionId(), raised.getQuestionId(), raised.getLevelIndex(), true);
        }
        for (EscalationSubsided subsided : step.facts(EscalationSubsided.class)) {
            tell(step, subsided.getInteractionId(), subsided.getQuestionId(), subsided.getLevelIndex(), false);
        }
        for (EscalationResolved resolved : step.facts(EscalationResolved.class)) {
            tell(step, resolved.getInteractionId(), resolved.getQuestionId(), resolved.getLevelIndex(), false);
        }
    }

    private static void tell(Step step, String interactionId, String questionId, int level, boolean open) {
        HeldEscalation held = Incident.held(step.state(), interactionId, questionId);
        if (!held.getLevels().get(level).getCritical()) {
            return;
        }
        Item item = Objects.requireNonNull(Items.find(step.state(), interactionId));
        List<String> models = item.getInteraction().getCandidates().stream()
                .map(CandidateFeatures::getModelId)
                .filter(model -> !model.isEmpty())
                .distinct()
                .sorted()
                .toList();
        step.emit(new ConcernRaised(new Concern(
                Items.publicKey(interactionId, questionId),
                Blocker.CRITICAL_ESCALATION,
                open,
                List.of(questionId),
                models,
                item.getInteraction().getSlices().stream().sorted().toList(),
                List.of(),
                "a critical escalation is open")));
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof ConcernRaised raised) {
            GateConcerns.tell(out, raised.getConcern());
        }
    }
}
