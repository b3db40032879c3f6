package dev.heed.items.escalation;

import dev.heed.core.Channel;
import dev.heed.core.Outbox;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EscalationRetriggered;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.NotifiedMember;
import dev.heed.items.Items;
import dev.heed.out.Escalation;
import java.util.List;

/** A change of an escalation as the public sees it. */
record Published(Escalation escalation) {
    static Published opened(FactHeader header, EscalationOpened fact) {
        return new Published(change(header, Incident.OPEN, "risk")
                .setInteractionId(fact.getInteractionId())
                .setQuestionId(fact.getQuestionId())
                .setLevel(fact.getLevel())
                .setLevelIndex(fact.getLevelIndex())
                .setRiskMicros(fact.getRiskMicros())
                .setPolicyVersion(fact.getOpenedPolicyVersion())
                .setNoticedAtMs(fact.getNoticedAtMs())
                .setGroup(fact.getGroup())
                .build());
    }

    static Published raised(FactHeader header, EscalationRaised fact) {
        return new Published(change(header, Incident.OPEN, fact.getCause())
                .setInteractionId(fact.getInteractionId())
                .setQuestionId(fact.getQuestionId())
                .setLevel(fact.getLevel())
                .setLevelIndex(fact.getLevelIndex())
                .setRiskMicros(fact.getRiskMicros())
                .setPolicyVersion(fact.getOpenedPolicyVersion())
                .setNoticedAtMs(fact.getNoticedAtMs())
                .setGroup(fact.getGroup())
                .build());
    }

    static Published acknowledged(FactHeader header, EscalationAcknowledged fact) {
        return new Published(change(header, Incident.ACKNOWLEDGED, "acknowledge")
                .setInteractionId(fact.getInteractionId())
                .setQuestionId(fact.getQuestionId())
                .setLevel(fact.getLevel())
                .setLevelIndex(fact.getLevelIndex())
                .setRiskMicros(fact.getRiskMicros())
                .setActor(fact.getActor())
                .setPolicyVersion(fact.getOpenedPolicyVersion())
                .setNoticedAtMs(fact.getNoticedAtMs())
                .setGroup(fact.getGroup())
                .build());
    }

    static Published resolved(FactHeader header, EscalationResolved fact) {
        return new Published(change(header, Incident.RESOLVED, "resolve")
                .setInteractionId(fact.getInteractionId())
                .setQuestionId(fact.getQuestionId())
                .setLevel(fact.getLevel())
                .setLevelIndex(fact.getLevelIndex())
                .setRiskMicros(fact.getRiskMicros())
                .setActor(fact.getActor())
                .setPolicyVersion(fact.getOpenedPolicyVersion())
                .setNoticedAtMs(fact.getNoticedAtMs())
                .setGroup(fact.getGroup())
                .build());
    }

    /** The acknowledgement of the actor ran out. */
    static Published retriggered(FactHeader header, EscalationRetriggered fact) {
        return new Published(change(header, Incident.OPEN, "ack_expired")
                .setInteractionId(fact.getInteractionId())
                .setQuestionId(fact.getQuestionId())
                .setLevel(fact.getLevel())
                .setLevelIndex(fact.getLevelIndex())
                .setRiskMicros(fact.getRiskMicros())
                .setActor(fact.getActor())
                .setPolicyVersion(fact.getOpenedPolicyVersion())
                .setNoticedAtMs(fact.getNoticedAtMs())
                .setGroup(fact.getGroup())
                .build());
    }

    static Published subsided(FactHeader header, EscalationSubsided fact) {
        return new Published(change(header, Incident.RESOLVED, "risk_fell")
                .setInteractionId(fact.getInteractionId())
                .setQuestionId(fact.getQuestionId())
                .setLevel(fact.getLevel())
                .setLevelIndex(fact.getLevelIndex())
                .setRiskMicros(fact.getRiskMicros())
                .setPolicyVersion(fact.getOpenedPolicyVersion())
                .setNoticedAtMs(fact.getNoticedAtMs())
                .setGroup(fact.getGroup())
                .build());
    }

    /** What being due meant for the members; being told at once is part of what opened or raised them. */
    static List<Published> members(FactHeader header, GroupNotified fact) {
        return fact.getMembers().stream()
                .filter(member -> member.getWaited() || member.getRepeat() > 0 || member.getMutedBy() != null)
                .map(member -> new Published(change(header, Incident.OPEN, cause(member))
                        .setInteractionId(member.getInteractionId())
                        .setQuestionId(member.getQuestionId())
                        .setLevel(fact.getLevel())
                        .setLevelIndex(fact.getLevelIndex())
                        .setRiskMicros(member.getRiskMicros())
                        .setPolicyVersion(fact.getOpenedPolicyVersion())
                        .setNoticedAtMs(member.getNoticedAtMs())
                        .setGroup(fact.getGroup())
                        .setMutedBy(member.getMutedBy())
                        .setRepeat(member.getRepeat())
                        .build()))
                .toList();
    }

    private static String cause(NotifiedMember member) {
        if (member.getMutedBy() != null) {
            return "muted";
        }
        return member.getRepeat() > 0 ? "repeat" : "notified";
    }

    private static Escalation.Builder change(FactHeader header, String state, String cause) {
        return Escalation.newBuilder().setState(state).setCause(cause).setDecidedAtMs(header.getTimeMs());
    }

    void to(Outbox out) {
        out.send(
                Channel.ESCALATIONS,
                Items.publicKey(escalation.getInteractionId(), escalation.getQuestionId()),
                escalation);
    }
}
