package dev.heed.items.escalation;

import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EscalationRetriggered;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GroupEnded;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.MuteLifted;
import dev.heed.fact.NotificationScheduled;
import dev.heed.items.Timers;
import dev.heed.journal.Tick;
import dev.heed.state.EscalationGroup;
import dev.heed.state.HeldEscalation;
import dev.heed.state.IncidentRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Says when somebody is told of open escalations, of those of a group together, and what keeps one from being told. It
 * comes after all that opens, raises, answers and mutes.
 */
public final class Notifications implements Feature {
    /** Most escalations that are told, and most that are told as nothing mutes them any more, per tick. */
    static final int MAX_PER_TICK = 256;

    private static final String UNMUTED = "unmuted";

    @Override
    public void decide(Step step) {
        Map<IncidentRef, String> causes = new LinkedHashMap<>();
        for (SpecificRecord fact : step.facts()) {
            if (fact instanceof EscalationOpened opened) {
                causes.put(new IncidentRef(opened.getInteractionId(), opened.getQuestionId(), 0), "opened");
            } else if (fact instanceof EscalationRaised raised) {
                causes.put(new IncidentRef(raised.getInteractionId(), raised.getQuestionId(), 0), "raised");
            } else if (fact instanceof EscalationRetriggered again) {
                causes.put(new IncidentRef(again.getInteractionId(), again.getQuestionId(), 0), "retriggered");
            }
        }
        if (step.event() instanceof Tick) {
            lift(step, causes);
        }
        schedule(step, causes);
        if (step.event() instanceof Tick) {
            tellDue(step);
        }
        endGroups(step);
    }

    /** What was muted by something that is gone is to be told. */
    private static void lift(Step step, Map<IncidentRef, String> causes) {
        int room = MAX_PER_TICK;
        for (String[] target : Timers.due(step.state(), Mutes.LIFTED, step.nowMs(), MAX_PER_TICK)) {
            String mute = target[0];
            int stillMutedBelow = Mutes.highestInhibitor(step.state(), mute);
            List<IncidentRef> free = Mutes.muted(step.state(), mute, room).stream()
                    .takeWhile(muted -> muted.getLevelIndex() >= stillMutedBelow)
                    .toList();
            free.forEach(muted ->
                    causes.putIfAbsent(new IncidentRef(muted.getInteractionId(), muted.getQuestionId(), 0), UNMUTED));
            step.emit(new MuteLifted(mute, free.size(), free.size() < room));
            room -= free.size();
            if (room == 0) {
                return;
            }
        }
    }

    /** Finds out when each is to be told, and tells those of which it is now. */
    private static void schedule(Step step, Map<IncidentRef, String> causes) {
        Map<String, Telling> now = new LinkedHashMap<>();
        causes.forEach((incident, cause) -> {
            HeldEscalation held = Incident.held(step.state(), incident.getInteractionId(), incident.getQuestionId());
            EscalationGroup group = Groups.existing(step.state(), held.getPolicyVersion(), held.getGroup());
            long dueMs = Telling.earliestMs(group, held, step.nowMs());
            if (dueMs <= step.nowMs()) {
                now.computeIfAbsent(
                                held.getPolicyVersion() + " " + held.getGroup(),
                                key -> new Telling(group, step.nowMs()))
                        .add(held, incident, cause.equals(UNMUTED));
            } else {
                step.emit(new NotificationScheduled(
                        incident.getInteractionId(),
                        incident.getQuestionId(),
                        held.getGroup(),
                        held.getPolicyVersion(),
                        cause,
                        dueMs));
            }
        });
        now.values().forEach(telling -> telling.tell(step, MAX_PER_TICK));
    }

    private static void tellDue(Step step) {
        int room = MAX_PER_TICK;
        for (String[] target : Timers.due(step.state(), Groups.TIMER, step.nowMs(), MAX_PER_TICK)) {
            EscalationGroup group = Groups.existing(step.state(), Integer.parseInt(target[0]), target[1]);
            room -= new Telling(group, step.nowMs()).tell(step, room);
            if (room == 0) {
                return;
            }
        }
    }

    private static void endGroups(Step step) {
        for (SpecificRecord fact : step.facts()) {
            if (fact instanceof EscalationRaised raised) {
                endIfEmpty(step, raised.getOpenedPolicyVersion(), raised.getLeftGroup());
            } else if (fact instanceof EscalationResolved resolved) {
                endIfEmpty(step, resolved.getOpenedPolicyVersion(), resolved.getGroup());
            } else if (fact instanceof EscalationSubsided subsided) {
                endIfEmpty(step, subsided.getOpenedPolicyVersion(), subsided.getGroup());
            }
        }
    }

    private static void endIfEmpty(Step step, int policyVersion, String name) {
        EscalationGroup group = Groups.find(step.state(), policyVersion, name);
        if (group != null && group.getOpen() == 0) {
            step.emit(new GroupEnded(
                    name,
                    policyVersion,
                    group.getLevel().getName(),
                    group.getLevelIndex(),
                    group.getLevel().getCritical(),
                    group.getNumber()));
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof NotificationScheduled scheduled) {
            Incident.schedule(state, scheduled);
        } else if (fact instanceof GroupNotified notified) {
            notified.getMembers().forEach(member -> Incident.notified(state, member));
            if (notified.getMembers().stream().anyMatch(member -> member.getMutedBy() == null)) {
                Groups.told(
                        state,
                        notified.getOpenedPolicyVersion(),
                        notified.getGroup(),
                        notified.getNumber(),
                        header.getTimeMs());
            }
        } else if (fact instanceof GroupEnded ended) {
            Groups.end(state, ended.getOpenedPolicyVersion(), ended.getGroup());
        } else if (fact instanceof MuteLifted lifted && lifted.getFinished()) {
            Mutes.lifted(state, lifted.getMute());
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof GroupNotified notified) {
            List<Published> changes = new ArrayList<>(Published.members(header, notified));
            changes.forEach(change -> change.to(out));
            PublishedGroup.told(header, notified, out);
        } else if (fact instanceof GroupEnded ended) {
            PublishedGroup.ended(header, ended, out);
        }
    }
}
