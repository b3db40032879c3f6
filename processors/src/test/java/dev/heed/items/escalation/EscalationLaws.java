package dev.heed.items.escalation;

import dev.heed.core.Channel;
import dev.heed.core.Envelope;
import dev.heed.event.LabelMatcher;
import dev.heed.event.Silence;
import dev.heed.fact.EscalationAcknowledged;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationResolved;
import dev.heed.fact.EscalationRetriggered;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.ItemsFact;
import dev.heed.fact.NotificationScheduled;
import dev.heed.fact.NotifiedMember;
import dev.heed.fact.SilenceEnded;
import dev.heed.fact.SilenceStarted;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.LogView;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.InhibitRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The laws of notifications, told from the facts alone and by plain scans instead of indexes:
 *
 * <ul>
 *   <li>a critical incident that opens, rises or is open again is told under the same journal record, and never muted;
 *   <li>what is muted is muted by a silence that is active and matches, or by an open incident of a higher level under a
 *       rule of its own policy; what is told is muted by nothing;
 *   <li>two notifications of a group are at least its interval apart, critical ones apart;
 *   <li>no more repeats than the level allows; nothing is told that is not open; nothing times out that was not told.
 * </ul>
 */
final class EscalationLaws implements Guarantee {
    private static final Envelope FACTS = new Envelope(ItemsFact.getClassSchema());

    private static final class Known {
        final EscalationOpened opened;
        int level;
        String state = "open";
        boolean told;

        Known(EscalationOpened opened) {
            this.opened = opened;
            this.level = opened.getLevelIndex();
        }

        EscalationLevel level() {
            return opened.getLevels().get(level);
        }

        List<String> values(String label) {
            if (label.equals("level")) {
                return List.of(level().getName());
            }
            String kind = label.startsWith("slice:") ? label.substring(6) + ":" : "";
            return opened.getLabels().stream()
                    .filter(each -> each.getLabel().equals(kind.isEmpty() ? label : "slice"))
                    .flatMap(each -> each.getValues().stream())
                    .filter(value -> value.startsWith(kind))
                    .toList();
        }

        boolean matches(List<LabelMatcher> matchers) {
            return matchers.stream()
                    .allMatch(each -> values(each.getLabel()).stream().anyMatch(each.getValues()::contains));
        }
    }

    private final Map<String, Known> incidents = new TreeMap<>();
    private final Map<String, Silence> silences = new TreeMap<>();
    private final Map<String, Long> toldAt = new HashMap<>();
    private final Set<String> owed = new HashSet<>();
    private final List<String> breaches = new ArrayList<>();
    private long offset = -1;

    @Override
    public List<String> breaches(LogView logs) {
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            ItemsFact envelope = (ItemsFact) Objects.requireNonNull(logged.value());
            if (envelope.getHeader().getJournalOffset() != offset) {
                settle();
                offset = envelope.getHeader().getJournalOffset();
            }
            read(envelope.getHeader(), FACTS.payload(envelope));
        }
        settle();
        return breaches;
    }

    /** All that a journal record brought is decided: nobody who must be told may be left. */
    private void settle() {
        owed.forEach(id -> breaches.add("critical " + id + " was not told at " + offset));
        owed.clear();
    }

    private void read(FactHeader header, SpecificRecord fact) {
        if (fact instanceof EscalationOpened opened) {
            incidents.put(opened.getInteractionId(), new Known(opened));
            triggered(opened.getInteractionId());
        } else if (fact instanceof EscalationRaised raised) {
            Known known = known(raised.getInteractionId());
            check(
                    !raised.getCause().equals("timeout") || known.told,
                    raised.getInteractionId() + " timed out untold at " + offset);
            known.level = raised.getLevelIndex();
            triggered(raised.getInteractionId());
        } else if (fact instanceof EscalationRetriggered again) {
            triggered(again.getInteractionId());
        } else if (fact instanceof EscalationAcknowledged done) {
            known(done.getInteractionId()).state = "acknowledged";
        } else if (fact instanceof EscalationResolved done) {
            known(done.getInteractionId()).state = "resolved";
        } else if (fact instanceof EscalationSubsided done) {
            Known known = known(done.getInteractionId());
            check(!known.level().getCritical(), "critical " + done.getInteractionId() + " was closed by itself");
            known.state = "resolved";
        } else if (fact instanceof SilenceStarted started) {
            silences.put(started.getSilence().getSilenceId(), started.getSilence());
        } else if (fact instanceof SilenceEnded ended) {
            silences.remove(ended.getSilence().getSilenceId());
        } else if (fact instanceof NotificationScheduled scheduled) {
            check(
                    !known(scheduled.getInteractionId()).level().getCritical(),
                    "critical " + scheduled.getInteractionId() + " has to wait");
        } else if (fact instanceof GroupNotified notified) {
            notified(header, notified);
        }
    }

    private void triggered(String id) {
        Known known = known(id);
        known.state = "open";
        known.told = false;
        if (known.level().getCritical()) {
            owed.add(id);
        } else {
            owed.remove(id);
        }
    }

    private void notified(FactHeader header, GroupNotified notified) {
        boolean anyTold = false;
        long intervalMs = 0;
        for (NotifiedMember member : notified.getMembers()) {
            String id = member.getInteractionId();
            Known known = known(id);
            check(known.state.equals("open"), id + " is told although it is " + known.state);
            check(
                    member.getRepeat() <= known.level().getRepeatLimit(),
                    id + " is repeated " + member.getRepeat() + " times");
            intervalMs = known.opened.getRules().getGroupIntervalMs();
            String expected = mute(known, header.getTimeMs());
            check(
                    (expected == null) == (member.getMutedBy() == null)
                            && (expected == null
                                    || Objects.requireNonNull(member.getMutedBy())
                                            .startsWith(expected)),
                    id + " is muted by " + member.getMutedBy() + " (expected: " + expected + ") at " + offset);
            if (member.getMutedBy() == null) {
                owed.remove(id);
                known.told = true;
                anyTold = true;
            }
        }
        if (anyTold && !notified.getCritical()) {
            String group = notified.getOpenedPolicyVersion() + notified.getGroup();
            Long before = toldAt.put(group, header.getTimeMs());
            check(
                    before == null || notified.getNumber() == 1 || header.getTimeMs() - before >= intervalMs,
                    group + " is told " + before + " and again " + header.getTimeMs());
        }
    }

    /** What must mute an incident: how its name begins, or null. */
    private @Nullable String mute(Known target, long nowMs) {
        if (target.level().getCritical()) {
            return null;
        }
        for (Silence silence : silences.values()) {
            if (nowMs < silence.getUntilMs() && target.matches(silence.getMatchers())) {
                return "silence:" + silence.getSilenceId();
            }
        }
        for (InhibitRule rule : target.opened.getRules().getInhibit()) {
            for (Known source : incidents.values()) {
                boolean open = !source.state.equals("resolved") && source.level > target.level;
                boolean samePolicy = source.opened.getOpenedPolicyVersion() == target.opened.getOpenedPolicyVersion();
                boolean equal = rule.getEqual().stream()
                        .allMatch(label -> source.values(label).equals(target.values(label)));
                if (open
                        && samePolicy
                        && equal
                        && source.matches(rule.getSource())
                        && target.matches(rule.getTarget())) {
                    return "inhibit:" + source.opened.getOpenedPolicyVersion() + ":" + rule.getName();
                }
            }
        }
        return null;
    }

    private Known known(String id) {
        return Objects.requireNonNull(incidents.get(id), id);
    }

    private void check(boolean holds, String breach) {
        if (!holds) {
            breaches.add(breach);
        }
    }
}
