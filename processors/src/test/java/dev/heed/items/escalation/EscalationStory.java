package dev.heed.items.escalation;

import static dev.heed.items.ItemsPolicies.VIOLATION;

import dev.heed.core.Channel;
import dev.heed.event.Acknowledge;
import dev.heed.event.LabelMatcher;
import dev.heed.event.Resolve;
import dev.heed.event.Silence;
import dev.heed.event.Unsilence;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.NotifiedMember;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.ActionAccepted;
import dev.heed.out.Notification;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.EscalationRules;
import dev.heed.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Escalations under a policy of three levels. An interaction opens at once by how many people saw it: its risk is three
 * for each. From 4 the team is told, from 25 the lead, from 200 the director, whom nothing may mute.
 */
final class EscalationStory {
    static final long MINUTE_MS = 60_000;
    static final int TEAM_USERS = 2;
    static final int LEAD_USERS = 10;
    static final int DIRECTOR_USERS = 100;

    private final ItemsTrial items;

    EscalationStory(Policy policy) {
        items = new ItemsTrial(policy);
    }

    EscalationStory(EscalationLevel.Builder team, EscalationRules.Builder rules) {
        this(policy(team, rules).build());
    }

    static Policy.Builder policy(EscalationLevel.Builder team, EscalationRules.Builder rules) {
        return ItemsPolicies.policy()
                .setEscalationLevels(List.of(
                        team.build(),
                        level("lead", 25).build(),
                        level("director", 200).setCritical(true).build()))
                .setEscalation(rules.build());
    }

    static EscalationLevel.Builder team() {
        return level("team", 4);
    }

    static EscalationRules.Builder rules() {
        return EscalationRules.newBuilder();
    }

    static EscalationLevel.Builder level(String name, long threshold) {
        return EscalationLevel.newBuilder()
                .setName(name)
                .setRiskThresholdMicros(threshold * 1_000_000)
                .setAckTimeoutMs(5 * MINUTE_MS);
    }

    static LabelMatcher matcher(String label, String... values) {
        return new LabelMatcher(label, List.of(values));
    }

    ItemsTrial items() {
        return items;
    }

    /** An interaction that opens an escalation. */
    List<SpecificRecord> comes(String id, int users, String... slices) {
        return items.sendPublic(
                id,
                ItemsTrial.interaction("event-" + id, id, 1, slices)
                        .setUsersAffected(users)
                        .build());
    }

    List<SpecificRecord> after(long minutes) {
        return items.tickAfter(minutes * MINUTE_MS);
    }

    List<SpecificRecord> acknowledge(String id) {
        return act(id, action().setAcknowledge(new Acknowledge(VIOLATION, id)));
    }

    List<SpecificRecord> resolve(String id) {
        return act(id, action().setResolve(new Resolve(VIOLATION, id, "removed")));
    }

    List<SpecificRecord> silence(String silenceId, long minutes, LabelMatcher... matchers) {
        return act(
                silenceId,
                action().setSilence(new Silence(
                        silenceId, List.of(matchers), items.nowMs() + minutes * MINUTE_MS, "planned work")));
    }

    List<SpecificRecord> unsilence(String silenceId) {
        return act(silenceId, action().setUnsilence(new Unsilence(silenceId)));
    }

    private static ActionAccepted.Builder action() {
        return ActionAccepted.newBuilder().setActor("ada");
    }

    private List<SpecificRecord> act(String key, ActionAccepted.Builder action) {
        int number = items.stage().records(Channel.ITEMS_JOURNAL).size();
        return items.sendPublic(key, action.setEventId("action-" + number).build());
    }

    /** What pagers are sent, as {@code number state level open: members}. */
    List<String> pages() {
        return items.sent(Channel.NOTIFICATIONS, Notification.class).stream()
                .map(page -> page.getNumber() + " " + page.getState() + " " + page.getLevel() + " " + page.getOpen()
                        + ": " + String.join(" ", members(page.getMembers())))
                .toList();
    }

    /** What was due in some facts, told or muted. */
    static List<String> due(List<SpecificRecord> facts) {
        List<String> due = new ArrayList<>();
        for (GroupNotified notified : ItemsTrial.of(facts, GroupNotified.class)) {
            due.addAll(members(notified.getMembers()));
        }
        return due;
    }

    private static List<String> members(List<NotifiedMember> members) {
        return members.stream()
                .map(member -> member.getInteractionId()
                        + (member.getRepeat() > 0 ? "#" + member.getRepeat() : "")
                        + (member.getMutedBy() == null ? "" : "(" + member.getMutedBy() + ")"))
                .toList();
    }

    void check() {
        items.check();
        new EscalationLaws().check(items);
    }
}
