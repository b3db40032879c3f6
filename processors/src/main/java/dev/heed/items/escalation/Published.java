package dev.heed.items.escalation;

import dev.heed.core.Channel;
import dev.heed.core.Outbox;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.FactHeader;
import dev.heed.items.Items;
import dev.heed.out.Escalation;

/** A change of an escalation as the public sees it. */
record Published(Escalation escalation) {
    static Published opened(FactHeader header, EscalationOpened fact) {
        return new Published(new Escalation(
                fact.getInteractionId(),
                fact.getQuestionId(),
                Incident.OPEN,
                fact.getLevel(),
                fact.getLevelIndex(),
                fact.getRiskMicros(),
                "risk",
                null,
                fact.getOpenedPolicyVersion(),
                fact.getNoticedAtMs(),
                header.getTimeMs()));
    }

    static Published raised(FactHeader header, EscalationRaised fact) {
        return new Published(new Escalation(
                fact.getInteractionId(),
                fact.getQuestionId(),
                Incident.OPEN,
                fact.getLevel(),
                fact.getLevelIndex(),
                fact.getRiskMicros(),
                fact.getCause(),
                null,
                fact.getOpenedPolicyVersion(),
                fact.getNoticedAtMs(),
                header.getTimeMs()));
    }

    static Published acknowledged(FactHeader header, EscalationAcknowledged fact) {
        return new Published(new Escalation(
                fact.getInteractionId(),
                fact.getQuestionId(),
                Incident.ACKNOWLEDGED,
                fact.getLevel(),
                fact.getLevelIndex(),
                fact.getRiskMicros(),
                "acknowledge",
                fact.getActor(),
                fact.getOpenedPolicyVersion(),
                fact.getNoticedAtMs(),
                header.getTimeMs()));
    }

    static Published resolved(FactHeader header, EscalationResolved fact) {
        return new Published(new Escalation(
                fact.getInteractionId(),
                fact.getQuestionId(),
                Incident.RESOLVED,
                fact.getLevel(),
                fact.getLevelIndex(),
                fact.getRiskMicros(),
                "resolve",
                fact.getActor(),
                fact.getOpenedPolicyVersion(),
                fact.getNoticedAtMs(),
                header.getTimeMs()));
    }

    void to(Outbox out) {
        out.send(
                Channel.ESCALATIONS,
                Items.publicKey(escalation.getInteractionId(), escalation.getQuestionId()),
                escalation);
    }
}
