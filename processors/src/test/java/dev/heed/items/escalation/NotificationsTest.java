package dev.heed.items.escalation;

import static dev.heed.items.ItemsPolicies.VIOLATION;
import static dev.heed.items.escalation.EscalationStory.DIRECTOR_USERS;
import static dev.heed.items.escalation.EscalationStory.LEAD_USERS;
import static dev.heed.items.escalation.EscalationStory.MINUTE_MS;
import static dev.heed.items.escalation.EscalationStory.TEAM_USERS;
import static dev.heed.items.escalation.EscalationStory.due;
import static dev.heed.items.escalation.EscalationStory.matcher;
import static dev.heed.items.escalation.EscalationStory.rules;
import static dev.heed.items.escalation.EscalationStory.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.heed.core.Channel;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EscalationOpened;
import dev.heed.fact.EscalationRaised;
import dev.heed.fact.EscalationRetriggered;
import dev.heed.fact.EscalationSubsided;
import dev.heed.fact.EventRefused;
import dev.heed.fact.GroupNotified;
import dev.heed.fact.MuteLifted;
import dev.heed.fact.NotificationScheduled;
import dev.heed.fact.SilenceEnded;
import dev.heed.fact.SilenceStarted;
import dev.heed.guarantee.LogView;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.ItemsEvent;
import dev.heed.out.Escalation;
import dev.heed.out.SilenceState;
import dev.heed.policy.EscalationLevel;
import dev.heed.policy.InhibitRule;
import dev.heed.policy.StaffedHours;
import dev.heed.policy.Weekday;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock of these stories starts at 22:13:20 UTC on a Tuesday. */
class NotificationsTest {
    private EscalationStory story = new EscalationStory(team(), rules());

    @AfterEach
    void lawsHold() {
        story.check();
    }

    @Test
    void eachIncidentIsToldAtOnceUnlessThePolicyGroups() {
        story.comes("i1", TEAM_USERS);
        story.comes("i2", TEAM_USERS);
        story.resolve("i1");
        assertThat(story.pages()).containsExactly("1 open team 1: i1", "1 open team 1: i2", "1 resolved team 0: ");
        assertThat(story.items().stage().sent(Channel.NOTIFICATIONS).get(0).key())
                .isEqualTo("level=team interaction=i1 question=violation");
    }

    @Test
    void aGroupWaitsForMoreThenTellsThemTogether() {
        story = new EscalationStory(
                team(), rules().setGroupBy(List.of("question", "slice:topic")).setGroupWaitMs(2 * MINUTE_MS));
        assertThat(story.comes("i1", TEAM_USERS, "topic:chemistry"))
                .hasAtLeastOneElementOfType(NotificationScheduled.class);
        story.after(1);
        story.comes("i2", TEAM_USERS, "age:10", "topic:chemistry");
        story.comes("i3", TEAM_USERS, "topic:history");
        assertThat(story.pages()).isEmpty();
        story.after(1);
        assertThat(story.pages()).containsExactly("1 open team 2: i1 i2");
        story.after(1);
        assertThat(story.pages()).hasSize(2).last().isEqualTo("1 open team 1: i3");
        story.resolve("i1");
        assertThat(story.pages()).as("one is still open").hasSize(2);
        story.resolve("i2");
        assertThat(story.pages()).hasSize(3).last().isEqualTo("1 resolved team 0: ");
    }

    @Test
    void oneThatIsAnsweredWhileItWaitsIsNotTold() {
        story = new EscalationStory(team(), rules().setGroupWaitMs(2 * MINUTE_MS));
        story.comes("i1", TEAM_USERS);
        story.acknowledge("i1");
        story.comes("i2", TEAM_USERS);
        story.resolve("i2");
        story.after(10);
        assertThat(story.pages()).isEmpty();
    }

    @Test
    void aGroupIsNotToldAgainBeforeItsInterval() {
        story = new EscalationStory(
                team(), rules().setGroupBy(List.of("question")).setGroupIntervalMs(3 * MINUTE_MS));
        story.comes("i1", TEAM_USERS);
        story.after(1);
        story.comes("i2", TEAM_USERS);
        story.comes("i3", TEAM_USERS);
        story.after(1);
        assertThat(story.pages()).containsExactly("1 open team 1: i1");
        story.after(1);
        assertThat(story.pages()).hasSize(2).last().isEqualTo("2 open team 3: i2 i3");
    }

    @Test
    void theTimeToAcknowledgeBeginsWhenItIsTold() {
        story = new EscalationStory(team(), rules().setGroupWaitMs(4 * MINUTE_MS));
        story.comes("i1", TEAM_USERS);
        story.after(4);
        assertThat(story.after(4)).isEmpty();
        assertThat(story.after(1)).hasAtLeastOneElementOfType(EscalationRaised.class);
    }

    @Test
    void anUnacknowledgedOneIsRepeatedUpToItsLimit() {
        EscalationLevel.Builder patient =
                team().setAckTimeoutMs(0).setRepeatIntervalMs(10 * MINUTE_MS).setRepeatLimit(2);
        story = new EscalationStory(patient, rules());
        story.comes("i1", TEAM_USERS);
        assertThat(due(story.after(9))).isEmpty();
        assertThat(due(story.after(1))).containsExactly("i1#1");
        assertThat(due(story.after(10))).containsExactly("i1#2");
        assertThat(story.after(100)).isEmpty();
        assertThat(story.items().sent(Channel.ESCALATIONS, Escalation.class))
                .extracting(Escalation::getCause, Escalation::getRepeat)
                .containsExactly(tuple("risk", 0), tuple("repeat", 1), tuple("repeat", 2));
    }

    @Test
    void repeatsOfAGroupFallTogether() {
        EscalationLevel.Builder patient = team().setAckTimeoutMs(0).setRepeatIntervalMs(10 * MINUTE_MS);
        story = new EscalationStory(
                patient, rules().setGroupBy(List.of("question")).setGroupIntervalMs(5 * MINUTE_MS));
        story.comes("i1", TEAM_USERS);
        story.after(1);
        story.comes("i2", TEAM_USERS);
        assertThat(due(story.after(4))).as("the other's repeat is taken along").containsExactly("i2", "i1#1");
        assertThat(due(story.after(9))).isEmpty();
        assertThat(due(story.after(1))).containsExactly("i1#2", "i2#1");
    }

    @Test
    void answeringEndsRepeatsAndLevels() {
        EscalationLevel.Builder eager = team().setRepeatIntervalMs(MINUTE_MS);
        story = new EscalationStory(eager, rules());
        story.comes("i1", TEAM_USERS);
        story.comes("i2", TEAM_USERS);
        story.acknowledge("i1");
        story.resolve("i2");
        assertThat(story.after(60)).isEmpty();
    }

    @Test
    void anAcknowledgementRunsOutAndItIsOpenAgainAtItsLevel() {
        story = new EscalationStory(team().setAckHoldMs(30 * MINUTE_MS), rules());
        story.comes("i1", TEAM_USERS);
        story.acknowledge("i1");
        assertThat(story.after(29)).isEmpty();
        List<SpecificRecord> facts = story.after(1);
        assertThat(ItemsTrial.of(facts, EscalationRetriggered.class))
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.getActor()).isEqualTo("ada");
                    assertThat(again.getLevel()).isEqualTo("team");
                });
        assertThat(due(facts)).containsExactly("i1");
        assertThat(story.after(5)).hasAtLeastOneElementOfType(EscalationRaised.class);
        story.acknowledge("i1");
        story.resolve("i1");
        assertThat(story.after(100)).as("the lead's acknowledgement has no end").isEmpty();
    }

    @Test
    void aSilenceMutesAndSaysSoUntilItExpires() {
        assertThat(story.silence("s1", 20, matcher("slice", "topic:chemistry", "topic:physics")))
                .hasOnlyElementsOfType(SilenceStarted.class);
        assertThat(due(story.comes("i1", TEAM_USERS, "topic:chemistry"))).containsExactly("i1(silence:s1)");
        assertThat(due(story.comes("i2", TEAM_USERS, "topic:history"))).containsExactly("i2");
        story.resolve("i2");
        assertThat(story.after(19)).as("nobody was told, so nobody is late").isEmpty();
        List<SpecificRecord> facts = story.after(1);
        assertThat(ItemsTrial.of(facts, SilenceEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.getCause()).isEqualTo("expired"));
        assertThat(ItemsTrial.of(facts, MuteLifted.class)).hasSize(1);
        assertThat(due(facts)).containsExactly("i1");
        assertThat(story.items().sent(Channel.ESCALATIONS, Escalation.class))
                .filteredOn(each -> each.getInteractionId().equals("i1"))
                .extracting(Escalation::getCause, Escalation::getMutedBy)
                .containsExactly(tuple("risk", null), tuple("muted", "silence:s1"), tuple("notified", null));
        assertThat(story.after(5)).hasAtLeastOneElementOfType(EscalationRaised.class);
    }

    @Test
    void aSilenceMutesRepeatsOfWhatWasToldBefore() {
        story = new EscalationStory(team().setAckTimeoutMs(0).setRepeatIntervalMs(10 * MINUTE_MS), rules());
        story.comes("i1", TEAM_USERS);
        story.silence("s1", 60, matcher("question", VIOLATION), matcher("level", "team"));
        assertThat(due(story.after(10))).containsExactly("i1#1(silence:s1)");
        story.unsilence("s1");
        assertThat(due(story.after(1))).containsExactly("i1#1");
        assertThat(due(story.after(10))).containsExactly("i1#2");
    }

    @Test
    void aSilenceEndsEarlyOnceAndIsKnownUntilItsTimeIsOver() {
        story.silence("s1", 20, matcher("level", "team"));
        assertThat(refusal(story.silence("s1", 30, matcher("level", "lead")))).startsWith("silence_exists: ");
        story.comes("i1", TEAM_USERS);
        assertThat(ItemsTrial.of(story.unsilence("s1"), SilenceEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.getActor()).isEqualTo("ada"));
        assertThat(due(story.after(1))).containsExactly("i1");
        assertThat(refusal(story.unsilence("s1"))).startsWith("silence_ended: ");
        assertThat(refusal(story.unsilence("s2"))).startsWith("silence_unknown: ");
        story.acknowledge("i1");
        story.after(30);
        assertThat(refusal(story.unsilence("s1"))).startsWith("silence_unknown: ");
        assertThat(story.items().sent(Channel.SILENCES, SilenceState.class))
                .extracting(SilenceState::getState)
                .containsExactly("active", "unsilenced");
    }

    @Test
    void aSilenceIsNeitherOverNorTooLongAndARepeatOfItIsIgnored() {
        assertThat(refusal(story.silence("s1", 0, matcher("level", "team")))).startsWith("silence_until: ");
        assertThat(refusal(story.silence("s1", 31 * 24 * 60, matcher("level", "team"))))
                .contains("max_silence of the policy");
        story.silence("s2", 30, matcher("level", "team"));
        ActionAccepted again = lastAction();
        assertThat(story.items().sendPublic("s2", again)).hasOnlyElementsOfType(DuplicateIgnored.class);
        story.unsilence("s2");
        assertThat(story.items().sendPublic("s2", again)).hasOnlyElementsOfType(DuplicateIgnored.class);
    }

    private ActionAccepted lastAction() {
        List<LogView.Logged> journal = story.items().stage().records(Channel.ITEMS_JOURNAL);
        return Objects.requireNonNull(((ItemsEvent)
                        Objects.requireNonNull(journal.get(journal.size() - 1).value()))
                .getAction());
    }

    @Test
    void nothingMutesACriticalOneAndItNeverWaits() {
        story = new EscalationStory(
                team(),
                rules().setGroupBy(List.of("question"))
                        .setGroupWaitMs(5 * MINUTE_MS)
                        .setGroupIntervalMs(60 * MINUTE_MS));
        story.silence("s1", 600, matcher("question", VIOLATION));
        assertThat(due(story.comes("i1", DIRECTOR_USERS))).containsExactly("i1");
        assertThat(due(story.comes("i2", DIRECTOR_USERS))).containsExactly("i2");
        assertThat(due(story.comes("i3", LEAD_USERS))).isEmpty();
        assertThat(due(story.after(5))).containsExactly("i3(silence:s1)");
        story.items().verdict("v1", "i3", "a", "violation");
        assertThat(story.pages()).containsExactly("1 open director 1: i1", "2 open director 2: i2");
    }

    @Test
    void aHigherIncidentInhibitsLowerOnesThatHaveTheSameLabels() {
        story = new EscalationStory(team(), rules().setInhibit(List.of(sameTopic())));
        story.comes("big", LEAD_USERS, "topic:chemistry");
        String mute = "inhibit:1:same-topic:slice:topic=topic:chemistry";
        assertThat(due(story.comes("small", TEAM_USERS, "topic:chemistry"))).containsExactly("small(" + mute + ")");
        assertThat(due(story.comes("other", TEAM_USERS, "topic:history"))).containsExactly("other");
        story.resolve("other");
        story.acknowledge("big");
        assertThat(story.after(30)).as("acknowledged is not closed").isEmpty();
        story.resolve("big");
        assertThat(due(story.after(1))).containsExactly("small");
    }

    @Test
    void anotherInhibitorOfTheSameLevelKeepsThemMuted() {
        story = new EscalationStory(team(), rules().setInhibit(List.of(sameTopic())));
        story.comes("big", LEAD_USERS, "topic:chemistry");
        story.comes("big-2", LEAD_USERS, "topic:chemistry");
        story.acknowledge("big-2");
        story.comes("small", TEAM_USERS, "topic:chemistry");
        story.resolve("big");
        assertThat(story.after(1)).isEmpty();
        story.resolve("big-2");
        assertThat(due(story.after(1))).containsExactly("small");
    }

    private static InhibitRule sameTopic() {
        return new InhibitRule(
                "same-topic",
                List.of(matcher("level", "lead", "director")),
                List.of(matcher("level", "team", "lead")),
                List.of("slice:topic"));
    }

    @Test
    void aLevelOutOfItsHoursWaitsForThem() {
        story = new EscalationStory(team().setHours(List.of(office())), rules());
        story.comes("i1", TEAM_USERS);
        assertThat(story.after(10 * 60)).as("08:13 on Wednesday").isEmpty();
        assertThat(due(story.after(47))).containsExactly("i1");
        assertThat(story.after(4)).isEmpty();
        assertThat(story.after(1)).hasAtLeastOneElementOfType(EscalationRaised.class);
    }

    @Test
    void aTickThatComesAfterTheHoursTellsNobodyInTheEvening() {
        story = new EscalationStory(team().setHours(List.of(office())), rules());
        story.comes("i1", TEAM_USERS);
        assertThat(story.after(20 * 60)).as("18:13 on Wednesday").hasOnlyElementsOfType(NotificationScheduled.class);
        assertThat(due(story.after(15 * 60))).as("09:13 on Thursday").containsExactly("i1");
    }

    @Test
    void aLevelOutOfItsHoursPassesOnIfThePolicySaysSo() {
        story = new EscalationStory(team().setHours(List.of(office())).setSkipOffHours(true), rules());
        List<SpecificRecord> facts = story.comes("i1", TEAM_USERS);
        assertThat(ItemsTrial.of(facts, EscalationRaised.class)).singleElement().satisfies(raised -> {
            assertThat(raised.getCause()).isEqualTo("off_hours");
            assertThat(raised.getLevel()).isEqualTo("lead");
        });
        assertThat(story.pages()).containsExactly("1 open lead 1: i1");
    }

    private static StaffedHours office() {
        long hourMs = 60 * MINUTE_MS;
        return new StaffedHours(List.of(Weekday.TUE, Weekday.WED, Weekday.THU), 9 * hourMs, 17 * hourMs, "+00:00");
    }

    @Test
    void whatThePolicyLetsSubsideIsClosedByItselfAndOpensAgain() {
        story = new EscalationStory(team().setResolveBelowMicros(3_700_000), rules());
        story.comes("i1", TEAM_USERS);
        List<SpecificRecord> facts = story.items().verdict("v1", "i1", "a", "ok");
        assertThat(ItemsTrial.of(facts, EscalationSubsided.class))
                .singleElement()
                .satisfies(subsided -> {
                    assertThat(subsided.getRiskMicros()).isEqualTo(3_600_000);
                    assertThat(subsided.getBelowMicros()).isEqualTo(3_700_000);
                });
        assertThat(story.pages()).containsExactly("1 open team 1: i1", "1 resolved team 0: ");
        story.items().verdict("v2", "i1", "a", "violation");
        assertThat(story.items().facts(EscalationOpened.class)).hasSize(2);
    }

    @Test
    void withoutThePolicySayingSoFallingRiskClosesNothing() {
        story.comes("i1", TEAM_USERS);
        assertThat(ItemsTrial.of(story.items().verdict("v1", "i1", "a", "ok"), EscalationSubsided.class))
                .isEmpty();
    }

    @Test
    void anIncidentKeepsTheRulesItWasOpenedWith() {
        story = new EscalationStory(
                team().setAckTimeoutMs(0).setRepeatIntervalMs(10 * MINUTE_MS),
                rules().setInhibit(List.of(sameTopic())));
        story.comes("big", LEAD_USERS, "topic:chemistry");
        story.acknowledge("big");
        story.items()
                .send(
                        "policy",
                        ItemsPolicies.policy()
                                .setEventId("p2")
                                .setPolicyVersion(2)
                                .build());
        story.items().verdict("v1", "big", "a", "ok");
        story.comes("small", TEAM_USERS, "topic:chemistry");
        assertThat(story.items().facts(GroupNotified.class)).last().satisfies(notified -> assertThat(
                        notified.getMembers().get(0).getMutedBy())
                .as("a rule of another policy's incident")
                .isNull());
    }

    @Test
    void moreThanATickCanTellAreToldByTheNext() {
        story = new EscalationStory(team(), rules().setGroupBy(List.of()).setGroupWaitMs(MINUTE_MS));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < Notifications.MAX_PER_TICK + 10; i++) {
            story.comes("i" + i, TEAM_USERS);
            expected.add("i" + i);
        }
        assertThat(due(story.after(1))).hasSize(Notifications.MAX_PER_TICK);
        assertThat(due(story.items().tickAfter(1))).hasSize(10);
        assertThat(story.items().facts(GroupNotified.class).stream()
                        .flatMap(each -> each.getMembers().stream())
                        .map(member -> member.getInteractionId())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String refusal(List<SpecificRecord> facts) {
        EventRefused refused = (EventRefused) facts.get(0);
        return refused.getReasonCode() + ": " + refused.getReason();
    }
}
