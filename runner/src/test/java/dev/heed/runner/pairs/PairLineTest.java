package dev.heed.runner.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.event.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairLineTest {
    @Test
    void aPairOfConversationsIsOnePromptAndTwoAnswers() {
        PairLine.Read read = PairLine.read("""
                {"chosen": "\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why?\\n\\nAssistant: So.",
                 "rejected": "\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why?\\n\\nAssistant: No."}""");

        assertThat(read)
                .isEqualTo(new PairLine.Good(new Pair(
                        List.of(
                                new Message("user", "Hi"),
                                new Message("assistant", "Hello"),
                                new Message("user", "Why?")),
                        "So.",
                        "No.",
                        List.of(1))));
    }

    @Test
    void responsesAndVotes() {
        PairLine.Read read = PairLine.read("""
                {"instruction": "Shorten.", "input": "A long text.", "response_a": "A text.", "response_b": "Text.",
                 "votes": [1, 2, 0]}""");

        assertThat(read)
                .isEqualTo(new PairLine.Good(new Pair(
                        List.of(new Message("user", "Shorten.\n\nA long text.")),
                        "A text.",
                        "Text.",
                        List.of(1, 2, 0))));
    }

    @Test
    void whatComparesNoTwoAnswersIsLeftOut() {
        assertThat(reason("""
                {"chosen": "\\n\\nHuman: Hi\\n\\nAssistant: a\\n\\nHuman: x\\n\\nAssistant: b",
                 "rejected": "\\n\\nHuman: Hi\\n\\nAssistant: other\\n\\nHuman: x\\n\\nAssistant: c"}""")).isEqualTo("conversations that differ before the last turn");
        assertThat(reason("""
                {"chosen": "\\n\\nHuman: Hi\\n\\nAssistant: a", "rejected": "\\n\\nHuman: Hi\\n\\nAssistant: a"}""")).isEqualTo("two equal answers");
        assertThat(reason("""
                {"chosen": "\\n\\nHuman: Hi\\n\\nAssistant:", "rejected": "\\n\\nHuman: Hi\\n\\nAssistant: a"}""")).isEqualTo("an empty answer");
        assertThat(reason("""
                {"chosen": "\\n\\nHuman: Hi", "rejected": "\\n\\nHuman: Hi"}""")).isEqualTo("a conversation of fewer than two turns");
        assertThat(reason("""
                {"instruction": "a", "response_a": true, "response_b": "b", "votes": [1]}""")).isEqualTo("an answer that is not text");
        assertThat(reason("{}")).isEqualTo("neither chosen and rejected, nor instruction, responses and votes");
        assertThat(reason("nonsense")).isEqualTo("not JSON");
    }

    private static String reason(String line) {
        return ((PairLine.Bad) PairLine.read(line)).reason();
    }
}
