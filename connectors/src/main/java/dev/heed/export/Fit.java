package dev.heed.export;

import dev.heed.event.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which prompts a shape can tell. A row whose prompt does not fit is left out and reported, never bent. */
enum Fit {
    /** Any turns. */
    ANY,
    /** At most one system turn, the first; then user and assistant by turns, a user last. Tools speak as users. */
    ALTERNATING,
    /** As {@link #ALTERNATING}, without tools. */
    DIALOGUE,
    /** One user turn, with or without a system turn before it. */
    ONE_QUESTION,
    /** One user turn and nothing else. */
    LONE_QUESTION;

    private static final Set<String> ASKING = Set.of("user", "tool");

    /** Why the prompt does not fit, if it does not. */
    Optional<String> problem(List<Message> prompt) {
        if (this == ANY) {
            return prompt.isEmpty() ? Optional.of("prompt: no turns (expected: at least one)") : Optional.empty();
        }
        List<Message> turns = this == LONE_QUESTION ? prompt : Conversation.withoutSystem(prompt);
        if (turns.isEmpty()) {
            return Optional.of("prompt: no user turn (expected: one)");
        }
        if ((this == ONE_QUESTION || this == LONE_QUESTION) && turns.size() > 1) {
            return Optional.of("prompt: " + turns.size() + " turns (expected: one user turn)");
        }
        for (int i = 0; i < turns.size(); i++) {
            String role = turns.get(i).getRole();
            boolean fits = i % 2 == 0 ? asks(role) : role.equals("assistant");
            if (!fits) {
                return Optional.of("prompt turn " + (i + 1) + ": " + role + " (expected: "
                        + (i % 2 == 0 ? "user" : "assistant") + ", by turns)");
            }
        }
        return turns.size() % 2 == 1
                ? Optional.empty()
                : Optional.of("prompt: ends with the assistant (expected: with the user)");
    }

    private boolean asks(String role) {
        return this == ALTERNATING ? ASKING.contains(role) : role.equals("user");
    }
}
