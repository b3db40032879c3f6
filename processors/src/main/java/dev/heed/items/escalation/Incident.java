package dev.heed.items.escalation;

import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EscalationRetriggered;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.NotificationScheduled;
import dev.heed.fact.NotifiedMember;
import dev.heed.items.Items;
import dev.heed.state.HeldEscalation;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The state of an escalation. A raised one is open again: other people are to take charge. All indexes of it follow
 * from it, in {@link IncidentIndexes}.
 */
final class Incident {
    static final String OPEN = "open";
    static final String ACKNOWLEDGED = "acknowledged";
    static final String RESOLVED = "resolved";

    private Incident() {}

    static boolean unresolved(HeldEscalation held) {
        return !held.getState().equals(RESOLVED);
    }

    static HeldEscalation held(StateReader state, String interactionId, String questionId) {
        return Objects.requireNonNull(
                Items.question(state, interactionId, questionId).getEscalation());
    }

    static void open(State state, EscalationOpened opened) {
        put(
                state,
                opened.getInteractionId(),
                opened.getQuestionId(),
                HeldEscalation.newBuilder()
                        .setState(OPEN)
                        .setLevelIndex(opened.getLevelIndex())
                        .setRiskMicros(opened.getRiskMicros())
                        .setDueMs(0)
                        .setPolicyVersion(opened.getOpenedPolicyVersion())
                        .setNoticedAtMs(opened.getNoticedAtMs())
                        .setLevels(opened.getLevels())
                        .setRules(opened.getRules())
                        .setGroup(opened.getGroup())
                        .setLabels(opened.getLabels())
                        .build());
    }

    static void raise(State state, EscalationRaised raised) {
        change(state, raised.getInteractionId(), raised.getQuestionId(), changed -> {
            openAgain(changed);
            changed.setLevelIndex(raised.getLevelIndex());
            changed.setRiskMicros(raised.getRiskMicros());
            changed.setNoticedAtMs(raised.getNoticedAtMs());
            changed.setGroup(raised.getGroup());
        });
    }

    static void retrigger(State state, EscalationRetriggered again) {
        change(state, again.getInteractionId(), again.getQuestionId(), Incident::openAgain);
    }

    static void acknowledge(State state, EscalationAcknowledged done) {
        act(state, done.getInteractionId(), done.getQuestionId(), done.getEventId(), changed -> {
            answered(changed, ACKNOWLEDGED);
            changed.setAckExpiresMs(done.getExpiresMs());
            changed.setActor(done.getActor());
        });
    }

    static void resolve(State state, EscalationResolved done) {
        act(state, done.getInteractionId(), done.getQuestionId(), done.getEventId(), changed -> {
            answered(changed, RESOLVED);
        });
    }

    static void subside(State state, EscalationSubsided subsided) {
        change(state, subsided.getInteractionId(), subsided.getQuestionId(), changed -> {
            answered(changed, RESOLVED);
            changed.setSubsided(true);
        });
    }

    static void schedule(State state, NotificationScheduled scheduled) {
        change(state, scheduled.getInteractionId(), scheduled.getQuestionId(), changed -> {
            changed.setNotifyDueMs(scheduled.getDueMs());
            changed.setMutedBy(null);
        });
    }

    static void notified(State state, NotifiedMember member) {
        change(state, member.getInteractionId(), member.getQuestionId(), changed -> {
            changed.setTold(changed.getTold() + (member.getMutedBy() == null ? 1 : 0));
            changed.setMutedBy(member.getMutedBy());
            changed.setNotifyDueMs(member.getRepeatDueMs());
            changed.setDueMs(member.getAckDueMs());
        });
    }

    private static void openAgain(HeldEscalation changed) {
        answered(changed, OPEN);
        changed.setTold(0);
    }

    /** Nothing is due any more, until somebody is told again. */
    private static void answered(HeldEscalation changed, String newState) {
        changed.setState(newState);
        changed.setDueMs(0L);
        changed.setNotifyDueMs(0L);
        changed.setMutedBy(null);
        changed.setAckExpiresMs(0L);
        changed.setActor(null);
    }

    private static void act(
            State state, String interactionId, String questionId, String eventId, Consumer<HeldEscalation> change) {
        change(state, interactionId, questionId, change);
        Items.updateQuestion(
                state,
                interactionId,
                questionId,
                question -> question.setActionIds(Records.plus(question.getActionIds(), eventId)));
    }

    private static void change(State state, String interactionId, String questionId, Consumer<HeldEscalation> change) {
        put(state, interactionId, questionId, Records.with(held(state, interactionId, questionId), change));
    }

    private static void put(State state, String interactionId, String questionId, HeldEscalation next) {
        HeldEscalation before = Items.question(state, interactionId, questionId).getEscalation();
        Items.updateQuestion(state, interactionId, questionId, question -> question.setEscalation(next));
        IncidentIndexes.move(state, interactionId, questionId, before, next);
    }
}
