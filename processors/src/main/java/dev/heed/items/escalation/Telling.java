package dev.heed.items.escalation;

import dev.heed.core.Step;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.NotificationScheduled;
import dev.heed.fact.NotifiedMember;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.EscalationRules;
import dev.heed.state.EscalationGroup;
import dev.heed.state.HeldEscalation;
import dev.heed.state.IncidentRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One notification of a group as it is put together: those that cannot wait, and those that are due with them. */
final class Telling {
    private final EscalationGroup group;
    private final EscalationLevel level;
    private final long nowMs;
    private final List<Due> due = new ArrayList<>();

    private record Due(HeldEscalation held, IncidentRef incident, boolean waited) {}

    Telling(EscalationGroup group, long nowMs) {
        this.group = group;
        this.level = group.getLevel();
        this.nowMs = nowMs;
    }

    /**
     * When an incident of the group is to be told that opened now: the first waits for others, those after it until the
     * group may be told again. Nobody waits at a critical level.
     */
    static long earliestMs(EscalationGroup group, HeldEscalation held, long nowMs) {
        if (group.getLevel().getCritical()) {
            return nowMs;
        }
        EscalationRules rules = held.getRules();
        long dueMs;
        if (group.getToldMs() > 0) {
            dueMs = group.getToldMs() + rules.getGroupIntervalMs();
        } else {
            dueMs = group.getDueMs() > 0 ? group.getDueMs() : nowMs + rules.getGroupWaitMs();
        }
        return Hours.next(group.getLevel(), Math.max(nowMs, dueMs));
    }

    /** Takes one that is to be told now. */
    void add(HeldEscalation held, IncidentRef incident, boolean waited) {
        due.add(new Due(held, incident, waited));
    }

    /**
     * Tells those taken and at most so many of those that are due, or would be due before the group may be told again.
     *
     * @return how many were due
     */
    int tell(Step step, int limit) {
        for (IncidentRef incident : Groups.pending(step.state(), group, takenAlongUntilMs(step), limit)) {
            add(Incident.held(step.state(), incident.getInteractionId(), incident.getQuestionId()), incident, true);
        }
        if (Hours.staffed(level, nowMs)) {
            notifyNow(step);
        } else {
            postpone(step);
        }
        return due.size();
    }

    private long takenAlongUntilMs(Step step) {
        if (level.getCritical()) {
            return nowMs;
        }
        List<IncidentRef> first = Groups.pending(step.state(), group, nowMs, 1);
        HeldEscalation held = !due.isEmpty()
                ? due.get(0).held()
                : first.isEmpty()
                        ? null
                        : Incident.held(
                                step.state(),
                                first.get(0).getInteractionId(),
                                first.get(0).getQuestionId());
        return held == null ? nowMs : nowMs + held.getRules().getGroupIntervalMs();
    }

    private void notifyNow(Step step) {
        List<NotifiedMember> members = new ArrayList<>();
        boolean told = false;
        for (Due each : due) {
            String mutedBy = Mutes.by(step.state(), each.held(), nowMs);
            members.add(member(each, mutedBy));
            told |= mutedBy == null;
        }
        if (members.isEmpty()) {
            return;
        }
        step.emit(new GroupNotified(
                group.getGroup(),
                group.getPolicyVersion(),
                level.getName(),
                group.getLevelIndex(),
                level.getCritical(),
                group.getNumber() + (told ? 1 : 0),
                group.getOpen(),
                members));
    }

    private NotifiedMember member(Due each, @Nullable String mutedBy) {
        HeldEscalation held = each.held();
        boolean first = held.getTold() == 0;
        boolean told = mutedBy == null;
        long toldDueMs = first ? new Levels(held.getLevels()).dueMs(held.getLevelIndex(), nowMs) : held.getDueMs();
        return new NotifiedMember(
                each.incident().getInteractionId(),
                each.incident().getQuestionId(),
                held.getRiskMicros(),
                held.getNoticedAtMs(),
                each.waited(),
                held.getTold(),
                mutedBy,
                told ? repeatMs(held) : 0L,
                // Nobody has failed to acknowledge what nobody was told.
                told || !first ? toldDueMs : 0L);
    }

    private long repeatMs(HeldEscalation held) {
        if (level.getRepeatIntervalMs() == 0 || held.getTold() >= level.getRepeatLimit()) {
            return 0;
        }
        long leastMs = level.getCritical() ? 0 : held.getRules().getGroupIntervalMs();
        return Hours.next(level, nowMs + Math.max(level.getRepeatIntervalMs(), leastMs));
    }

    /** The hours were over before the tick that should have told them. */
    private void postpone(Step step) {
        for (Due each : due) {
            step.emit(new NotificationScheduled(
                    each.incident().getInteractionId(),
                    each.incident().getQuestionId(),
                    group.getGroup(),
                    group.getPolicyVersion(),
                    "off_hours",
                    Hours.next(level, nowMs)));
        }
    }
}
