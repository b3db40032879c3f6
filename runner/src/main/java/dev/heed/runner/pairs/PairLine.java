package dev.heed.runner.pairs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.event.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one line of a set of pairs. Two forms are known: conversations {@code chosen} and {@code rejected}, as in the
 * hh-rlhf set, and {@code instruction}, {@code input}, {@code response_a}, {@code response_b} and {@code votes}, as in the
 * PandaLM set.
 */
final class PairLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";

    private PairLine() {}

    /** What a line holds. */
    sealed interface Read permits Good, Bad {}

    record Good(Pair pair) implements Read {}

    /** @param reason one of few, so that they can be counted */
    record Bad(String reason) implements Read {}

    static Read read(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node.has("chosen") ? conversations(node) : responses(node);
        } catch (JsonProcessingException e) {
            return new Bad("not JSON");
        }
    }

    private static Read conversations(JsonNode node) {
        List<Message> chosen = turns(node.path("chosen").asText());
        List<Message> rejected = turns(node.path("rejected").asText());
        if (chosen.size() < 2 || rejected.size() < 2) {
            return new Bad("a conversation of fewer than two turns");
        }
        Message good = chosen.get(chosen.size() - 1);
        Message bad = rejected.get(rejected.size() - 1);
        if (!good.getRole().equals("assistant") || !bad.getRole().equals("assistant")) {
            return new Bad("a conversation that does not end with the assistant");
        }
        List<Message> prompt = chosen.subList(0, chosen.size() - 1);
        // Two answers to two questions cannot be compared.
        if (!prompt.equals(rejected.subList(0, rejected.size() - 1))) {
            return new Bad("conversations that differ before the last turn");
        }
        return of(prompt, good.getContent(), bad.getContent(), List.of(1));
    }

    private static Read responses(JsonNode node) {
        List<Integer> votes = new ArrayList<>();
        node.path("votes").forEach(vote -> votes.add(vote.asInt()));
        if (!node.path("instruction").isTextual()
                || !node.has("response_a")
                || !node.has("response_b")
                || votes.isEmpty()) {
            return new Bad("neither chosen and rejected, nor instruction, responses and votes");
        }
        if (!node.path("response_a").isTextual() || !node.path("response_b").isTextual()) {
            return new Bad("an answer that is not text");
        }
        String input = node.path("input").asText("");
        String instruction = node.path("instruction").asText();
        Message asked = new Message("user", input.isEmpty() ? instruction : instruction + "\n\n" + input);
        return of(
                List.of(asked),
                node.path("response_a").asText(),
                node.path("response_b").asText(),
                votes);
    }

    private static Read of(List<Message> prompt, String first, String second, List<Integer> votes) {
        if (first.isBlank() || second.isBlank()) {
            return new Bad("an empty answer");
        }
        if (prompt.stream().anyMatch(turn -> turn.getContent().isBlank())) {
            return new Bad("an empty turn in the prompt");
        }
        return first.equals(second) ? new Bad("two equal answers") : new Good(new Pair(prompt, first, second, votes));
    }

    /** The turns of a conversation written with a blank line and a speaker before each. */
    static List<Message> turns(String text) {
        List<Message> turns = new ArrayList<>();
        int at = next(text, 0);
        while (at < text.length()) {
            boolean human = text.startsWith(HUMAN, at);
            int from = at + (human ? HUMAN : ASSISTANT).length();
            int to = next(text, from);
            turns.add(new Message(
                    human ? "user" : "assistant", text.substring(from, to).strip()));
            at = to;
        }
        return turns;
    }

    private static int next(String text, int from) {
        int human = text.indexOf(HUMAN, from);
        int assistant = text.indexOf(ASSISTANT, from);
        int first = human < 0 ? assistant : assistant < 0 ? human : Math.min(human, assistant);
        return first < 0 ? text.length() : first;
    }
}
