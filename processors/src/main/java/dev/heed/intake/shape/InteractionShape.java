package dev.heed.intake.shape;

import dev.heed.event.Candidate;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.math.SimHash;
import dev.heed.text.PromptJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of an interaction. */
final class InteractionShape implements Shape<Interaction> {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
    private static final int LANGUAGE = 35;
    private static final int MAX_JSON_BYTES_PER_CHARACTER = 6;

    @Override
    public Head head(Interaction event) {
        return Head.of(event.getEventId(), "interaction_id", event.getInteractionId(), event.getOccurredAtMs());
    }

    @Override
    public void check(Interaction event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.id("interaction_id", event.getInteractionId());
        problems.personalId("subject_id", event.getSubjectId());
        language(event.getLanguage(), problems);
        problems.ids("slices", event.getSlices(), 0, Limits.SLICES);
        problems.between("users_affected", event.getUsersAffected(), 1, Limits.USERS);
        prompt(event.getPrompt(), problems);
        candidates(event.getCandidates(), problems);
        embedding(event.getEmbedding(), problems);
    }

    private static void language(String language, Problems problems) {
        boolean fine = language.length() <= LANGUAGE
                && language.chars().allMatch(c -> c == '-' || c < 0x80 && Character.isLetterOrDigit(c));
        problems.check(fine, "language", language, "a BCP 47 tag, or empty");
    }

    private static void prompt(List<Message> prompt, Problems problems) {
        problems.count("prompt", prompt.size(), 1, Limits.TURNS);
        boolean said = false;
        for (int i = 0; i < prompt.size(); i++) {
            Message turn = prompt.get(i);
            String path = "prompt[" + i + "]";
            problems.check(
                    ROLES.contains(turn.getRole()), path + ".role", turn.getRole(), "system, user, assistant or tool");
            problems.text(path + ".content", turn.getContent(), Limits.TEXT);
            said |= !turn.getContent().isBlank();
        }
        problems.check(said || prompt.isEmpty(), "prompt", "nothing said", "text in at least one turn");
        stored(prompt, problems);
    }

    /** JSON writes a control character with six, so a long prompt may not fit where its record did. */
    private static void stored(List<Message> prompt, Problems problems) {
        long characters =
                prompt.stream().mapToLong(turn -> turn.getContent().length()).sum();
        if (characters > Limits.PART_BYTES / MAX_JSON_BYTES_PER_CHARACTER) {
            int bytes = PromptJson.write(prompt).length;
            problems.check(
                    bytes <= Limits.PART_BYTES, "prompt", bytes + " bytes as JSON", "at most " + Limits.PART_BYTES);
        }
    }

    private static void candidates(List<Candidate> candidates, Problems problems) {
        problems.distinctIds(
                "candidates.candidate_id",
                candidates.stream().map(Candidate::getCandidateId).toList(),
                1,
                Limits.CANDIDATES);
        for (int i = 0; i < candidates.size(); i++) {
            Candidate each = candidates.get(i);
            String path = "candidates[" + i + "].";
            problems.id(path + "model_id", each.getModelId());
            problems.idOrEmpty(path + "model_version", each.getModelVersion());
            problems.idOrEmpty(path + "template_version", each.getTemplateVersion());
            problems.idOrEmpty(path + "decoding", each.getDecoding());
            problems.idOrEmpty(path + "behaviour_policy_version", each.getBehaviourPolicyVersion());
            problems.text(path + "text", each.getText(), Limits.TEXT);
        }
    }

    private static void embedding(@Nullable List<Float> embedding, Problems problems) {
        if (embedding == null) {
            return;
        }
        problems.count("embedding", embedding.size(), 1, SimHash.MAX_DIMENSIONS);
        for (int i = 0; i < embedding.size(); i++) {
            float number = embedding.get(i);
            problems.check(
                    number > Float.NEGATIVE_INFINITY && number < Float.POSITIVE_INFINITY,
                    "embedding[" + i + "]",
                    number,
                    "a number");
        }
    }
}
