package dev.heed.intake;

import dev.heed.core.Outgoing;
import dev.heed.event.Candidate;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.event.Signal;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.Part;
import dev.heed.journal.SignalAccepted;
import dev.heed.text.ContentKeys;
import dev.heed.text.PromptJson;
import dev.heed.text.TextVault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Puts an event's text aside, and leaves the event with where its text is and what can be decided on without it. */
final class TextAside {
    /**
     * An event without its text, and the records that keep the text.
     *
     * @param kept for the contents topic
     */
    record Aside<T extends SpecificRecord>(T event, List<Outgoing> kept) {
        List<Outgoing> and(Outgoing... journalRecords) {
            List<Outgoing> all = new ArrayList<>(kept);
            all.addAll(List.of(journalRecords));
            return all;
        }
    }

    private final Secrets secrets;
    private final TextVault vault;

    TextAside(Secrets secrets, TextVault vault) {
        this.secrets = secrets;
        this.vault = vault;
    }

    /** @param subject the pseudonym of its subject */
    Aside<InteractionAccepted> of(Interaction event, String subject) {
        String owner = event.getInteractionId();
        List<Outgoing> kept = new ArrayList<>();
        byte[] prompt = PromptJson.write(event.getPrompt());
        Part promptPart = keep(owner, ContentKeys.PROMPT, TextVault.JSON, prompt, kept);
        List<CandidateFeatures> candidates = new ArrayList<>();
        for (Candidate each : event.getCandidates()) {
            candidates.add(new CandidateFeatures(
                    each.getCandidateId(),
                    each.getModelId(),
                    each.getModelVersion(),
                    each.getTemplateVersion(),
                    each.getDecoding(),
                    each.getBehaviourPolicyVersion(),
                    keep(owner, ContentKeys.candidate(each.getCandidateId()), each.getText(), kept)));
        }
        return new Aside<>(
                new InteractionAccepted(
                        event.getEventId(),
                        owner,
                        subject,
                        event.getOccurredAtMs(),
                        event.getLanguage(),
                        event.getSlices().stream().sorted().distinct().toList(),
                        event.getUsersAffected(),
                        promptPart,
                        candidates,
                        secrets.similarity(event.getPrompt(), event.getEmbedding()),
                        secrets.promptCluster(event.getPrompt())),
                kept);
    }

    Aside<SignalAccepted> of(Signal event) {
        List<Outgoing> kept = new ArrayList<>();
        Part part = keepIfAny(owner(event), ContentKeys.signal(event.getEventId()), event.getText(), kept);
        return new Aside<>(
                new SignalAccepted(
                        event.getEventId(),
                        event.getInteractionId(),
                        event.getSlice(),
                        event.getKind(),
                        event.getDetectorId(),
                        event.getQuestionId(),
                        event.getClassName(),
                        event.getScoreMicros(),
                        event.getCategory(),
                        event.getOccurredAtMs(),
                        part),
                kept);
    }

    Aside<FeedbackAccepted> of(Feedback event) {
        List<Outgoing> kept = new ArrayList<>();
        String owner = event.getInteractionId();
        Part part = keepIfAny(owner, ContentKeys.feedback(event.getEventId()), event.getText(), kept);
        return new Aside<>(
                new FeedbackAccepted(
                        event.getEventId(),
                        owner,
                        event.getQuestionId(),
                        event.getRaterId(),
                        event.getRaterKind(),
                        event.getTaskId(),
                        event.getKind(),
                        event.getClassName(),
                        event.getRanking(),
                        event.getRatingMicros(),
                        part,
                        event.getRubricVersion(),
                        event.getOccurredAtMs(),
                        event.getDurationMs(),
                        event.getShownFirst(),
                        event.getRevises(),
                        event.getWithdrawn(),
                        event.getCandidateId()),
                kept);
    }

    /** What a signal is about: an interaction or a slice. */
    static String owner(Signal event) {
        return event.getInteractionId() != null ? event.getInteractionId() : Objects.requireNonNull(event.getSlice());
    }

    private @Nullable Part keepIfAny(String owner, String part, @Nullable String text, List<Outgoing> kept) {
        return text == null ? null : keep(owner, part, text, kept);
    }

    private Part keep(String owner, String part, String text, List<Outgoing> kept) {
        return keep(owner, part, TextVault.TEXT, text.getBytes(StandardCharsets.UTF_8), kept);
    }

    private Part keep(String owner, String part, String encoding, byte[] bytes, List<Outgoing> kept) {
        kept.addAll(vault.keep(owner, part, encoding, bytes));
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new Part(ContentKeys.of(owner, part), part, secrets.contentHash(text), text.length());
    }
}
