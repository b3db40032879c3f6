package dev.heed.export;

import dev.heed.event.Message;
import java.util.ArrayList;
import java.util.List;

/** What shapes make of a prompt. */
final class Conversation {
    private static final String ASSISTANT = "assistant";

    private Conversation() {}

    static Message answer(String content) {
        return new Message(ASSISTANT, content);
    }

    static Message user(String content) {
        return new Message("user", content);
    }

    static List<Message> with(List<Message> prompt, Message... turns) {
        List<Message> all = new ArrayList<>(prompt);
        all.addAll(List.of(turns));
        return List.copyOf(all);
    }

    /** The first turn's content if the system speaks it, or nothing: trainers take an empty one for none. */
    static String system(List<Message> prompt) {
        return startsWithSystem(prompt) ? prompt.get(0).getContent() : "";
    }

    static List<Message> withoutSystem(List<Message> prompt) {
        return startsWithSystem(prompt) ? prompt.subList(1, prompt.size()) : prompt;
    }

    private static boolean startsWithSystem(List<Message> prompt) {
        return !prompt.isEmpty() && prompt.get(0).getRole().equals("system");
    }

    /** Content of the last turn: what is to be answered. */
    static String question(List<Message> prompt) {
        return prompt.get(prompt.size() - 1).getContent();
    }

    /** What was said before the last turn, in pairs of user and assistant. Needs {@link Fit#DIALOGUE}. */
    static List<List<String>> history(List<Message> prompt) {
        List<Message> turns = withoutSystem(prompt);
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < turns.size(); i += 2) {
            pairs.add(List.of(turns.get(i).getContent(), turns.get(i + 1).getContent()));
        }
        return List.copyOf(pairs);
    }

    /**
     * The prompt as one text, in the way of the hh-rlhf data set: each turn after a blank line and its speaker, and the
     * assistant's name at the end. An answer follows after one space, see {@link #continuation}.
     */
    static String transcript(List<Message> prompt) {
        StringBuilder text = new StringBuilder();
        for (Message turn : prompt) {
            text.append("\n\n").append(speaker(turn.getRole())).append(": ").append(turn.getContent());
        }
        return text.append("\n\nAssistant:").toString();
    }

    static String continuation(String answer) {
        return " " + answer;
    }

    private static String speaker(String role) {
        return switch (role) {
            case "user" -> "Human";
            case ASSISTANT -> "Assistant";
            case "system" -> "System";
            default -> role;
        };
    }

    /** Turns under the names of the sharegpt form: human, gpt, observation; a system turn has a place of its own. */
    static List<Message> shares(List<Message> turns) {
        return withoutSystem(turns).stream().map(Conversation::share).toList();
    }

    static Message share(Message turn) {
        String from =
                switch (turn.getRole()) {
                    case "user" -> "human";
                    case ASSISTANT -> "gpt";
                    case "tool" -> "observation";
                    default -> turn.getRole();
                };
        return new Message(from, turn.getContent());
    }
}
