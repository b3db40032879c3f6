package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.Evaluation;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records that a loop must refuse, with a reason, without stumbling: some for every public input. */
final class Poison {
    private static final long A_YEAR_MS = 365L * 24 * 3600 * 1000;

    private final StudyBuddy world;

    Poison(StudyBuddy world) {
        this.world = world;
    }

    /** The poison with this number, from 0; they come round. */
    Publication number(int number, long nowMs) {
        String id = "poison-" + world.run() + "-" + number;
        return switch (number % 12) {
            case 0 -> bytes(Channel.INTERACTIONS, id, "this is no Avro");
            case 1 -> poison(Channel.SIGNALS, "another-key", signal(id, number, "violating", nowMs));
            case 2 -> poison(Channel.INTERACTIONS, id, interaction(id, nowMs + A_YEAR_MS));
            case 3 -> poison(Channel.FEEDBACK, id, emptyFeedback(id, nowMs));
            case 4 -> bytes(Channel.SIGNALS, id, "\u0000\u0000\u0000\u0000\u0001 cut");
            case 5 -> poison(Channel.RATERS, id, rater(id, nowMs));
            case 6 -> poison(Channel.CONSENTS, id, new Consent(id, id, ConsentKind.GRANT, List.of(), nowMs, ""));
            case 7 -> bytes(Channel.EVALUATIONS, id, "{\"json\": true}");
            case 8 -> poison(Channel.EVALUATIONS, id, new Evaluation(null, null));
            case 9 -> poison(Channel.ACTIONS, id, emptyAction(id, nowMs));
            case 10 -> poison(Channel.SIGNALS, "sb-" + world.run() + "-" + number, signal(id, number, "maybe", nowMs));
            default -> bytes(Channel.POLICIES, id, "");
        };
    }

    private static Publication bytes(Channel channel, String key, String text) {
        return new Publication(channel, key, null, text.getBytes(StandardCharsets.UTF_8), Publication.Sort.POISON);
    }

    private static Publication poison(Channel channel, String key, org.apache.avro.specific.SpecificRecord value) {
        return new Publication(channel, key, value, null, Publication.Sort.POISON);
    }

    private Interaction interaction(String id, long atMs) {
        Interaction interaction = world.encounter(0).interaction();
        interaction.setEventId(id);
        interaction.setInteractionId(id);
        interaction.setOccurredAtMs(atMs);
        return interaction;
    }

    private Signal signal(String id, int number, String className, long nowMs) {
        Signal signal = world.verdicts(world.encounter(number)).get(0);
        signal.setEventId(id);
        signal.setClassName(className);
        signal.setOccurredAtMs(nowMs);
        return signal;
    }

    private static Feedback emptyFeedback(String id, long nowMs) {
        return Feedback.newBuilder()
                .setEventId(id)
                .setInteractionId(id)
                .setQuestionId("violation")
                .setRaterId("rev-good-1")
                .setRaterKind(RaterKind.HUMAN)
                .setKind(FeedbackKind.LABEL)
                .setOccurredAtMs(nowMs)
                .build();
    }

    private static RaterProfile rater(String id, long nowMs) {
        return RaterProfile.newBuilder()
                .setEventId(id)
                .setRaterId(id)
                .setKind(RaterKind.UNKNOWN)
                .setCapacity(-1)
                .setOccurredAtMs(nowMs)
                .build();
    }

    private static Action emptyAction(String id, long nowMs) {
        return Action.newBuilder()
                .setEventId(id)
                .setTargetId(id)
                .setActor("nobody")
                .setOccurredAtMs(nowMs)
                .build();
    }
}
