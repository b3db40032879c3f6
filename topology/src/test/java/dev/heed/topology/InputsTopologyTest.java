package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Candidate;
import dev.heed.event.Coordinates;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RequestTasks;
import dev.heed.guarantee.NothingLost;
import dev.heed.intake.PublicInput;
import dev.heed.journal.QueuesEvent;
import dev.heed.out.Content;
import dev.heed.out.ContentKey;
import dev.heed.out.DeadLetter;
import dev.heed.out.Escalation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes in, good and bad, through the whole loop. */
class InputsTopologyTest {
    private final DriverLoop loop = new DriverLoop();

    @BeforeEach
    void policyAndTime() {
        loop.send(PublicInput.POLICIES, "policy", Stories.examplePolicy());
        loop.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void nothingIsLostWhateverCame() {
        NothingLost.Account account = new NothingLost().account(loop);
        loop.close();
        assertThat(account.breaches()).isEmpty();
        assertThat(account.accepted() + account.duplicates() + account.deadLetters())
                .isEqualTo(account.eventsIn());
    }

    @ParameterizedTest
    @EnumSource(PublicInput.class)
    void poisonBecomesDeadLettersAndTheNextRecordGoesThrough(PublicInput input) {
        byte[] cut = loop.bytes(PublicInput.INTERACTIONS, Stories.interaction("cut", loop.nowMs()));
        byte[][] poison = {
            {},
            {0},
            {0, 0, 0, 0, 99},
            "{\"event_id\": \"json\"}".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(cut, cut.length - 1),
            new byte[1_500_000],
            null
        };
        for (byte[] value : poison) {
            loop.sendBytes(input, "key".getBytes(StandardCharsets.UTF_8), value);
        }
        loop.sendBytes(input, null, poison[3]);
        loop.sendBytes(input, new byte[] {(byte) 0xff}, poison[3]);

        List<DeadLetter> letters = loop.values(Channel.DEAD_LETTERS, DeadLetter.class);
        assertThat(letters)
                .extracting(DeadLetter::getSource)
                .hasSize(poison.length + 2)
                .extracting(Coordinates::getTopic)
                .containsOnly("test." + input.channel().baseName() + ".v1");
        assertThat(letters).extracting(DeadLetter::getReason).allMatch(reason -> reason.contains("(expected: "));

        Stories.escalate(loop, "after");
        assertThat(loop.values(Channel.ESCALATIONS, Escalation.class))
                .isNotEmpty()
                .extracting(Escalation::getInteractionId)
                .containsOnly("after");
    }

    @Test
    void aRefusedEventIsKeptWhereTextIsKept() {
        Interaction bad = Stories.interaction("i-1", loop.nowMs());
        bad.setCandidates(List.of());
        loop.send(PublicInput.INTERACTIONS, "i-1", bad);

        DeadLetter letter = loop.values(Channel.DEAD_LETTERS, DeadLetter.class).get(0);
        assertThat(letter.getReason()).isEqualTo("candidates.candidate_id: 0 entries (expected: 1 to 8)");
        Content kept = (Content) kept(Channel.CONTENTS, letter.getContentKey());
        ContentKey key = (ContentKey) kept(Channel.CONTENT_KEYS, letter.getContentKey());
        assertThat(kept.getInteractionId()).isEqualTo("i-1");
        assertThat(kept.getPart()).isEqualTo("dead|test.interactions.v1-0-0");
        assertThat(kept.getEncoding()).isEqualTo("aes256gcm/bytes");
        assertThat(loop.vault().open(kept, key)).isEqualTo(loop.bytes(PublicInput.INTERACTIONS, bad));
    }

    private Object kept(Channel channel, @Nullable String key) {
        return Objects.requireNonNull(loop.records(channel).stream()
                .filter(record -> Objects.equals(record.key(), key))
                .findFirst()
                .orElseThrow()
                .value());
    }

    @Test
    void whatOnlyAStageCanKnowIsRefusedByTheStage() {
        loop.send(
                PublicInput.ACTIONS,
                "nowhere",
                Action.newBuilder()
                        .setEventId("a-1")
                        .setTargetId("nowhere")
                        .setActor("r-1")
                        .setOccurredAtMs(loop.nowMs())
                        .setRequestTasks(new RequestTasks("nowhere", "r-1", 1))
                        .build());
        assertThat(loop.values(Channel.QUEUES_JOURNAL, QueuesEvent.class)).anyMatch(event -> event.getAction() != null);
    }

    @Test
    void theSameTwiceCountsOnce() {
        Stories.escalate(loop, "i-1");
        int facts = loop.records(Channel.ITEMS_FACTS).size();
        assertThat(loop.values(Channel.ESCALATIONS, Escalation.class)).isNotEmpty();
        Stories.escalate(loop, "i-1");
        assertThat(loop.records(Channel.ITEMS_FACTS)).hasSize(facts);
        assertThat(new NothingLost().account(loop).duplicates()).isEqualTo(2);
    }

    @Test
    void aTextThatNobodyMayReadIsInContentsOnly() {
        Interaction interaction = Stories.interaction("i-1", loop.nowMs());
        interaction.setSubjectId("canary-subject");
        interaction.setPrompt(List.of(new Message("user", "canary-prompt")));
        Candidate answer = interaction.getCandidates().get(0);
        answer.setText("canary-answer");
        loop.send(PublicInput.INTERACTIONS, "i-1", interaction);
        loop.send(PublicInput.SIGNALS, "i-1", Stories.signal("s-1", "i-1", 999_999, loop.nowMs()));
        for (Channel channel : Channel.values()) {
            if (channel != Channel.CONTENTS && !channel.baseName().startsWith("datasets.")) {
                assertThat(loop.records(channel)).as(channel.baseName()).allSatisfy(record -> assertThat(
                                record.key() + record.value())
                        .doesNotContain("canary"));
            }
        }
        assertThat(loop.records(Channel.CONTENTS)).hasSize(2);
    }
}
