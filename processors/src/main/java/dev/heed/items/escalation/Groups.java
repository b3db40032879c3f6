package dev.heed.items.escalation;

import dev.heed.core.Keys;
import dev.heed.core.Records;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.items.Timers;
import dev.heed.state.EscalationGroup;
import dev.heed.state.HeldEscalation;
import dev.heed.state.IncidentRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The groups of unresolved incidents: those of one policy version, level and values of what the policy groups by. Each
 * has an index of its incidents that are to be told, by when.
 */
final class Groups {
    /** Timer of groups with an incident that is to be told. */
    static final String TIMER = "notification";

    private static final String GROUP = "escalation-group";
    private static final String PENDING = "notification-pending";

    private Groups() {}

    static @Nullable EscalationGroup find(StateReader state, int policyVersion, String group) {
        return state.get(key(policyVersion, group), EscalationGroup.class);
    }

    static EscalationGroup existing(StateReader state, int policyVersion, String group) {
        return Objects.requireNonNull(find(state, policyVersion, group), group);
    }

    /** Counts one more unresolved incident of a group, or one less. */
    static void count(State state, HeldEscalation held, int change) {
        EscalationGroup group = find(state, held.getPolicyVersion(), held.getGroup());
        EscalationGroup counted = group != null
                ? group
                : new EscalationGroup(
                        held.getGroup(),
                        held.getPolicyVersion(),
                        held.getLevels().get(held.getLevelIndex()),
                        held.getLevelIndex(),
                        0,
                        0,
                        0L,
                        0L);
        put(state, Records.with(counted, changed -> changed.setOpen(counted.getOpen() + change)));
    }

    static void end(State state, int policyVersion, String group) {
        state.delete(key(policyVersion, group));
    }

    /** Notes that the group was told. */
    static void told(State state, int policyVersion, String group, int number, long toldMs) {
        put(state, Records.with(existing(state, policyVersion, group), changed -> {
            changed.setNumber(number);
            changed.setToldMs(toldMs);
        }));
    }

    static void addPending(State state, HeldEscalation held, IncidentRef incident) {
        state.put(pendingKey(held, incident), incident);
        due(state, held.getPolicyVersion(), held.getGroup());
    }

    static void removePending(State state, HeldEscalation held, IncidentRef incident) {
        state.delete(pendingKey(held, incident));
        due(state, held.getPolicyVersion(), held.getGroup());
    }

    /** At most so many incidents that are to be told until then, longest due first. */
    static List<IncidentRef> pending(StateReader state, EscalationGroup group, long untilMs, int limit) {
        String prefix = Keys.prefix(PENDING, String.valueOf(group.getPolicyVersion()), group.getGroup());
        return state.withPrefix(prefix, IncidentRef.class, limit).stream()
                .takeWhile(entry -> entry.key().compareTo(prefix + Keys.ascending(untilMs + 1)) < 0)
                .map(StateReader.Entry::value)
                .toList();
    }

    /** The group is due when the first of its incidents is. */
    private static void due(State state, int policyVersion, String name) {
        EscalationGroup group = find(state, policyVersion, name);
        if (group == null) {
            return;
        }
        String version = String.valueOf(policyVersion);
        String prefix = Keys.prefix(PENDING, version, name);
        List<StateReader.Entry<IncidentRef>> first = state.withPrefix(prefix, IncidentRef.class, 1);
        long dueMs = first.isEmpty() ? 0 : dueMs(first.get(0).key(), prefix);
        if (dueMs != group.getDueMs()) {
            Timers.clear(state, TIMER, group.getDueMs(), version, name);
            Timers.set(state, TIMER, dueMs, version, name);
            put(state, Records.with(group, changed -> changed.setDueMs(dueMs)));
        }
    }

    private static long dueMs(String key, String prefix) {
        String rest = key.substring(prefix.length());
        return Long.parseLong(Keys.parts(rest)[0], 16);
    }

    private static void put(State state, EscalationGroup group) {
        state.put(key(group.getPolicyVersion(), group.getGroup()), group);
    }

    private static String key(int policyVersion, String group) {
        return Keys.of(GROUP, String.valueOf(policyVersion), group);
    }

    private static String pendingKey(HeldEscalation held, IncidentRef incident) {
        return Keys.of(
                PENDING,
                String.valueOf(held.getPolicyVersion()),
                held.getGroup(),
                Keys.ascending(held.getNotifyDueMs()),
                incident.getInteractionId(),
                incident.getQuestionId());
    }
}
