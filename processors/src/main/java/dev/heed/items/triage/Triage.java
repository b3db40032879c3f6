package dev.heed.items.triage;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.Route;
import dev.heed.fact.BeliefRecorded;
import dev.heed.fact.FactHeader;
import dev.heed.fact.InteractionRecorded;
import dev.heed.fact.ProposalMade;
import dev.heed.fact.SignalRecorded;
import dev.heed.fact.Triaged;
import dev.heed.fact.VerdictRecorded;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.out.TriageDecision;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each question of an item when it comes, and again at each verdict until calibration holds the item; from then
 * on calibration's belief speaks, and can only raise the route to ESCALATE.
 */
public final class Triage implements Feature {
    private final Look look;

    /** @param seed secret seed of the exploration draw */
    public Triage(byte[] seed) {
        this.look = new Look(seed);
    }

    @Override
    public void decide(Step step) {
        for (InteractionRecorded recorded : step.facts(InteractionRecorded.class)) {
            Item item = item(step, recorded.getInteraction().getInteractionId());
            for (Question question : step.policy().getQuestions()) {
                if (Questions.asked(question, item.getInteraction())) {
                    emit(step, look.atVerdicts(step, item, question));
                }
            }
        }
        for (ProposalMade made : step.facts(ProposalMade.class)) {
            Item item = item(step, made.getFeedback().getInteractionId());
            Question question = Questions.find(step.policy(), made.getJudgingQuestionId());
            if (question != null) {
                emit(step, look.atVerdicts(step, item, question));
            }
        }
        for (SignalRecorded recorded : step.facts(SignalRecorded.class)) {
            if (recorded.getLabel() != null) {
                again(
                        step,
                        recorded.getSignal().getInteractionId(),
                        recorded.getSignal().getQuestionId());
            }
        }
        for (VerdictRecorded recorded : step.facts(VerdictRecorded.class)) {
            again(
                    step,
                    recorded.getFeedback().getInteractionId(),
                    recorded.getFeedback().getQuestionId());
        }
        for (BeliefRecorded recorded : step.facts(BeliefRecorded.class)) {
            Question question = Questions.find(step.policy(), recorded.getQuestionId());
            if (question != null && !recorded.getGold()) {
                emit(step, look.atBelief(step, item(step, recorded.getInteractionId()), question, recorded));
            }
        }
    }

    private void again(Step step, @Nullable String interactionId, @Nullable String questionId) {
        Item item = item(step, Objects.requireNonNull(interactionId));
        Question question = Questions.find(step.policy(), Objects.requireNonNull(questionId));
        if (question != null && !Items.question(item, questionId).getSubmitted()) {
            emit(step, look.atVerdicts(step, item, question));
        }
    }

    private static void emit(Step step, @Nullable Triaged triaged) {
        if (triaged != null) {
            step.emit(triaged);
        }
    }

    private static Item item(Step step, String interactionId) {
        return Objects.requireNonNull(Items.find(step.state(), interactionId));
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof Triaged triaged) {
            Items.updateQuestion(state, triaged.getInteractionId(), triaged.getQuestionId(), question -> {
                question.setRoute(triaged.getRoute());
                question.setLatePass(triaged.getLatePass());
                question.setScores(triaged.getScores());
                question.setBeliefMicros(triaged.getBeliefMicros());
            });
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof Triaged triaged && triaged.getRoute() != triaged.getPreviousRoute()) {
            out.send(
                    Channel.TRIAGE,
                    Items.publicKey(triaged.getInteractionId(), triaged.getQuestionId()),
                    new TriageDecision(triaged, header.getPolicyVersion(), header.getTimeMs()));
        }
    }

    /** The routes in the order in which one outdoes another. */
    static int urgency(Route route) {
        return switch (route) {
            case ESCALATE -> 3;
            case REVIEW -> 2;
            case EXPLORE -> 1;
            case DEFER, PASS, UNKNOWN -> 0;
        };
    }
}
