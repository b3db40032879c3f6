package dev.heed.items.escalation;

import dev.heed.core.Channel;
import dev.heed.core.Outbox;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GroupEnded;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.NotifiedMember;
import dev.heed.out.Notification;
import java.util.List;

/** A group as those see it who are to be told. */
final class PublishedGroup {
    private PublishedGroup() {}

    /** Nothing goes out when all that was due is muted. */
    static void told(FactHeader header, GroupNotified fact, Outbox out) {
        List<NotifiedMember> told = fact.getMembers().stream()
                .filter(member -> member.getMutedBy() == null)
                .toList();
        if (!told.isEmpty()) {
            out.send(
                    Channel.NOTIFICATIONS,
                    fact.getGroup(),
                    new Notification(
                            fact.getGroup(),
                            Incident.OPEN,
                            fact.getLevel(),
                            fact.getLevelIndex(),
                            fact.getCritical(),
                            fact.getNumber(),
                            fact.getOpen(),
                            fact.getMembers().size() - told.size(),
                            told,
                            fact.getOpenedPolicyVersion(),
                            header.getTimeMs()));
        }
    }

    /** Whoever was told hears of the end. */
    static void ended(FactHeader header, GroupEnded fact, Outbox out) {
        if (fact.getNumber() > 0) {
            out.send(
                    Channel.NOTIFICATIONS,
                    fact.getGroup(),
                    new Notification(
                            fact.getGroup(),
                            Incident.RESOLVED,
                            fact.getLevel(),
                            fact.getLevelIndex(),
                            fact.getCritical(),
                            fact.getNumber(),
                            0,
                            0,
                            List.of(),
                            fact.getOpenedPolicyVersion(),
                            header.getTimeMs()));
        }
    }
}
