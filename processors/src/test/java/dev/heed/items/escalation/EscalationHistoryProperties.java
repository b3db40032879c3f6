package dev.heed.items.escalation;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static dev.heed.items.escalation.EscalationStory.MINUTE_MS;
import static dev.heed.items.escalation.EscalationStory.level;
import static dev.heed.items.escalation.EscalationStory.matcher;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.MemoryState;
import dev.heed.event.LabelMatcher;
import dev.heed.items.ItemsPolicies;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.EscalationRules;
import dev.heed.policy.InhibitRule;
import dev.heed.policy.Policy;
import dev.heed.policy.StaffedHours;
import dev.heed.policy.Weekday;
import dev.heed.state.EscalationGroup;
import dev.heed.state.HeldEscalation;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of escalation over any history under any policy, a second policy coming in between. */
class EscalationHistoryProperties {
    private static final int INCIDENTS = 5;
    private static final int WEEK_HOURS = 7 * 24;
    private static final List<Integer> USERS = List.of(1, 2, 3, 8, 10, 60, 100);
    private static final List<LabelMatcher> MATCHERS = List.of(
            matcher("slice", "topic:a"),
            matcher("level", "team", "director"),
            matcher("question", VIOLATION),
            matcher("slice:topic", "topic:b", "topic:a"),
            matcher("model", "model-0"));

    /** Something that happens; what the numbers choose depends on {@code kind}. */
    record Act(int kind, int incident, int a, int b) {}

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void everyLawHolds(
            @ForAll("policies") Policy first, @ForAll("policies") Policy second, @ForAll("acts") List<Act> acts) {
        EscalationStory story = new EscalationStory(first);
        for (int at = 0; at < acts.size(); at++) {
            if (at == acts.size() / 2) {
                story.items()
                        .send(
                                "policy",
                                Policy.newBuilder(second)
                                        .setEventId("p2")
                                        .setPolicyVersion(2)
                                        .build());
            }
            play(story, acts.get(at), at);
            indexesFollow(story.items().stage().state());
        }
        // Silences run out and hours come round: what is open then was told, or is muted by what still stands.
        for (int hour = 0; hour < WEEK_HOURS; hour++) {
            story.after(60);
        }
        story.check();
        everyOpenOneIsToldOrMuted(story);
    }

    private static void play(EscalationStory story, Act act, int at) {
        String id = "i" + act.incident();
        switch (act.kind()) {
            case 0, 1 -> story.comes(id, USERS.get(act.a() % USERS.size()), act.b() % 2 == 0 ? "topic:a" : "topic:b");
            case 2, 3, 4 ->
                story.items().verdict("v" + at, id, "d" + act.a() % 4, act.b() % 2 == 0 ? "violation" : "ok");
            case 5 -> story.acknowledge(id);
            case 6 -> story.resolve(id);
            case 7 ->
                story.silence(
                        "s" + act.a() % 4,
                        act.b() % 200,
                        MATCHERS.get(act.a() % MATCHERS.size()),
                        MATCHERS.get(act.b() % MATCHERS.size()));
            case 8 -> story.unsilence("s" + act.a() % 4);
            default -> story.after(act.a() % 40);
        }
    }

    /** Each index, told from the incidents alone. */
    private static void indexesFollow(MemoryState state) {
        Map<String, Integer> open = new TreeMap<>();
        Map<String, Long> due = new TreeMap<>();
        incidents(state).values().stream().filter(Incident::unresolved).forEach(held -> {
            String group = held.getPolicyVersion() + held.getGroup();
            open.merge(group, 1, Integer::sum);
            if (held.getNotifyDueMs() > 0) {
                due.merge(group, held.getNotifyDueMs(), Math::min);
            }
            assertThat(held.getMutedBy() == null || held.getNotifyDueMs() == 0).isTrue();
        });
        Map<String, Integer> counted = new TreeMap<>();
        Map<String, Long> timed = new TreeMap<>();
        state.entries().values().stream()
                .filter(EscalationGroup.class::isInstance)
                .map(EscalationGroup.class::cast)
                .forEach(group -> {
                    String name = group.getPolicyVersion() + group.getGroup();
                    counted.put(name, group.getOpen());
                    if (group.getDueMs() > 0) {
                        timed.put(name, group.getDueMs());
                    }
                });
        assertThat(counted).isEqualTo(open);
        assertThat(timed).isEqualTo(due);
    }

    private static void everyOpenOneIsToldOrMuted(EscalationStory story) {
        MemoryState state = story.items().stage().state();
        incidents(state).forEach((id, held) -> {
            String mute = held.getMutedBy();
            if (mute != null) {
                boolean stands = mute.startsWith("silence:")
                        ? SilenceStore.all(state).stream()
                                .filter(each ->
                                        SilenceStore.active(each, story.items().nowMs()))
                                .anyMatch(each -> mute.equals(
                                        Mutes.ofSilence(each.getSilence().getSilenceId())))
                        : Mutes.highestInhibitor(state, mute) > held.getLevelIndex();
                assertThat(stands).as(id + " is muted by " + mute).isTrue();
            } else if (held.getState().equals(Incident.OPEN)) {
                assertThat(held.getTold()).as(id + " is neither told nor muted").isPositive();
            }
        });
    }

    private static Map<String, HeldEscalation> incidents(MemoryState state) {
        Map<String, HeldEscalation> incidents = new TreeMap<>();
        for (Object value : state.entries().values()) {
            if (value instanceof Item item) {
                for (ItemQuestion question : item.getQuestions()) {
                    if (question.getEscalation() != null) {
                        incidents.put(item.getInteraction().getInteractionId(), question.getEscalation());
                    }
                }
            }
        }
        return incidents;
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 999);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, INCIDENTS - 1),
                        any,
                        any)
                .as(Act::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<EscalationLevel> team = Combinators.combine(
                        Arbitraries.of(0L, 5L, 20L),
                        Arbitraries.of(0L, 15L),
                        Arbitraries.of(0L, 3L, 30L),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(0L, 3_900_000L),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((ack, hold, repeat, limit, below, off, hours) -> level("team", 4)
                        .setAckTimeoutMs(ack * MINUTE_MS)
                        .setAckHoldMs(hold * MINUTE_MS)
                        .setRepeatIntervalMs(repeat * MINUTE_MS)
                        .setRepeatLimit(limit)
                        .setResolveBelowMicros(below)
                        .setSkipOffHours(off)
                        .setHours(hours ? List.of(evening()) : List.of())
                        .build());
        Arbitrary<EscalationRules> rules = Combinators.combine(
                        Arbitraries.of(
                                List.of("interaction", "question"),
                                List.of("slice:topic"),
                                List.<String>of(),
                                List.of("level", "model")),
                        Arbitraries.of(0L, 4L),
                        Arbitraries.of(0L, 7L),
                        Arbitraries.of(true, false))
                .as((by, wait, interval, inhibit) -> EscalationRules.newBuilder()
                        .setGroupBy(by)
                        .setGroupWaitMs(wait * MINUTE_MS)
                        .setGroupIntervalMs(interval * MINUTE_MS)
                        .setInhibit(inhibit ? List.of(sameTopic(), anyModel()) : List.of())
                        .build());
        return Combinators.combine(team, rules, Arbitraries.of(true, false))
                .as((mild, ruled, allCritical) -> ItemsPolicies.policy()
                        .setEscalationLevels(List.of(
                                mild,
                                level("lead", 25)
                                        .setAckHoldMs(10 * MINUTE_MS)
                                        .setCritical(allCritical)
                                        .build(),
                                level("director", 200)
                                        .setCritical(true)
                                        .setAckHoldMs(5 * MINUTE_MS)
                                        .setRepeatIntervalMs(30 * MINUTE_MS)
                                        .setRepeatLimit(2)
                                        .build()))
                        .setEscalation(ruled)
                        .build());
    }

    private static StaffedHours evening() {
        return new StaffedHours(
                List.of(Weekday.TUE, Weekday.WED), 21 * 60 * MINUTE_MS, (22 * 60 + 50) * MINUTE_MS, "-00:10");
    }

    private static InhibitRule sameTopic() {
        return new InhibitRule(
                "same-topic",
                List.of(matcher("level", "lead", "director")),
                List.of(matcher("question", VIOLATION)),
                List.of("slice:topic"));
    }

    private static InhibitRule anyModel() {
        return new InhibitRule(
                "any-model", List.of(matcher("level", "director")), List.of(matcher("model", "model-0")), List.of());
    }
}
