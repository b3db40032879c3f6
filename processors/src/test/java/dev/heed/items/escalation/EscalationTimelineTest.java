package dev.heed.items.escalation;

import static dev.heed.items.escalation.EscalationStory.MINUTE_MS;
import static dev.heed.items.escalation.EscalationStory.matcher;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.fact.NotifiedMember;
import dev.heed.out.Escalation;
import dev.heed.out.Notification;
import dev.heed.policy.InhibitRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The timeline in docs/escalation.md is what the loop does. */
class EscalationTimelineTest {
    private final EscalationStory story = new EscalationStory(
            EscalationStory.team()
                    .setRepeatIntervalMs(3 * MINUTE_MS)
                    .setRepeatLimit(1)
                    .setAckHoldMs(30 * MINUTE_MS),
            EscalationStory.rules()
                    .setGroupBy(List.of("question", "slice:topic"))
                    .setGroupWaitMs(MINUTE_MS)
                    .setGroupIntervalMs(2 * MINUTE_MS)
                    .setInhibit(List.of(new InhibitRule(
                            "same-topic",
                            List.of(matcher("level", "lead", "director")),
                            List.of(matcher("level", "team")),
                            List.of("slice:topic")))));
    private final List<String> rows = new ArrayList<>();
    private int minute;
    private int escalations;
    private int notifications;

    @Test
    void theDocumentedTimelineIsTrue() throws IOException {
        at(0, "i1 and i2 open at team", () -> {
            story.comes("i1", 2, "topic:chemistry");
            story.comes("i2", 2, "topic:chemistry");
        });
        at(1, "group_wait is over", () -> {});
        at(2, "ada acknowledges i1", () -> story.acknowledge("i1"));
        at(4, "repeat_interval is over", () -> {});
        at(6, "ack_timeout of i2 is over", () -> {});
        at(7, "group_wait of the lead's group is over", () -> {});
        at(8, "i3 opens at team", () -> story.comes("i3", 2, "topic:chemistry"));
        at(9, "ada silences topic:chemistry for 20 minutes; i4 opens at director", () -> {
            story.silence("s1", 20, matcher("slice", "topic:chemistry"));
            story.comes("i4", 100, "topic:chemistry");
        });
        at(10, "ada resolves i2 and i4", () -> {
            story.resolve("i2");
            story.resolve("i4");
        });
        at(11, "nothing inhibits i3 any more", () -> {});
        at(29, "the silence expires", () -> {});
        at(30, "ada resolves i3", () -> story.resolve("i3"));
        at(32, "ack_hold of i1 is over", () -> {});
        at(33, "ada resolves i1", () -> story.resolve("i1"));
        story.check();
        String page = Files.readString(Path.of(System.getProperty("heed.root"), "docs/escalation.md"));
        assertThat(page).contains(String.join("\n", rows) + "\n");
    }

    private void at(int when, String what, Runnable happens) {
        for (; minute < when; minute++) {
            story.after(1);
        }
        happens.run();
        List<Escalation> all = story.items().sent(Channel.ESCALATIONS, Escalation.class);
        List<Notification> told = story.items().sent(Channel.NOTIFICATIONS, Notification.class);
        rows.add("| " + when + " | " + what + " | "
                + all.subList(escalations, all.size()).stream()
                        .map(EscalationTimelineTest::show)
                        .collect(Collectors.joining("; "))
                + " | "
                + told.subList(notifications, told.size()).stream()
                        .map(EscalationTimelineTest::show)
                        .collect(Collectors.joining("; "))
                + " |");
        escalations = all.size();
        notifications = told.size();
    }

    private static String show(Escalation each) {
        String mute = each.getMutedBy() == null ? "" : " by `" + each.getMutedBy() + "`";
        return each.getInteractionId() + " " + each.getState() + ", " + each.getLevel() + ", " + each.getCause() + mute;
    }

    private static String show(Notification each) {
        String members =
                each.getMembers().stream().map(NotifiedMember::getInteractionId).collect(Collectors.joining(" and "));
        return each.getLevel() + " " + each.getNumber() + (members.isEmpty() ? ": " + each.getState() : ": " + members);
    }
}
