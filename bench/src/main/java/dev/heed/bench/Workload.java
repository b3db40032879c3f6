package dev.heed.bench;

import dev.heed.core.Channel;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Dataset;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterKind;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import dev.heed.policy.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The events of one round: each interaction with one detector's verdict and two people's labels. The same seed gives
 * the same events.
 */
final class Workload {
    static final String QUESTION = "violation";
    static final int EVENTS_PER_INTERACTION = 4;

    private static final int RATERS = 40;
    private static final int WORDS = 24;
    private static final long TIME_MS = 1_700_000_000_000L;

    /** One event on its way into a public input. */
    record Event(Channel channel, String key, SpecificRecord value) {
        /** The record that carries it in its topic. */
        ProducerRecord<String, byte[]> in(String topic, Serializer<SpecificRecord> values) {
            return new ProducerRecord<>(topic, key, values.serialize(topic, value));
        }
    }

    private Workload() {}

    /** Interactions in a random order of events, each before its own signals and labels. */
    static List<Event> events(int interactions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < interactions; i++) {
            String id = "bench-" + seed + "-" + i;
            events.add(new Event(Channel.INTERACTIONS, id, interaction(id, random)));
            events.add(new Event(Channel.SIGNALS, id, signal(id, random)));
            events.add(new Event(Channel.FEEDBACK, id, feedback(id, random.nextInt(RATERS), random)));
            events.add(new Event(Channel.FEEDBACK, id, feedback(id, RATERS + random.nextInt(RATERS), random)));
        }
        return events;
    }

    /** An interaction and one label, whose judgment tells that all before it are done. */
    static List<Event> sentinel(String id, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return List.of(
                new Event(Channel.INTERACTIONS, id, interaction(id, random)),
                new Event(Channel.FEEDBACK, id, feedback(id, 0, random)));
    }

    /** One question that every label is judged on at once and that asks nobody. */
    static Policy policy() {
        Question question = Question.newBuilder()
                .setQuestionId(QUESTION)
                .setClasses(List.of("ok", "violation"))
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of(
                        new LossRow("allow", List.of(0L, 5_000_000L)), new LossRow("block", List.of(1_000_000L, 0L))))
                .setLabelCostMicros(1_000_000_000L)
                .setMinRaters(1)
                .setMaxRaters(9)
                .setLookAhead(3)
                .setPool("bench")
                .setRubricVersion("1")
                .build();
        Pool pool = new Pool(
                "bench", 3_600, 100, 100_000L, 60_000L, 10_000L, 200_000L, 250_000L, 1_000, 60_000L, 60_000L, 60_000L,
                50_000L, 250_000L, 200, 40);
        return Policy.newBuilder()
                .setEventId("bench-policy")
                .setPolicyVersion(1)
                .setName("bench")
                .setOccurredAtMs(TIME_MS)
                .setQuestions(List.of(question))
                .setPools(List.of(pool))
                .setEscalationLevels(List.of())
                .setExplorationMicros(0L)
                .setNoveltyHalfLifeMs(3_600_000L)
                .setHoldoutMicros(0L)
                .build();
    }

    /** The same policy, under which each judgment makes a row where its subject allows it. */
    static Policy policyWithRows() {
        Policy policy = policy();
        policy.getQuestions()
                .forEach(question -> question.setRows(List.of(new RowRule(Dataset.GUARDRAIL, List.of(), 0L))));
        return policy;
    }

    /** What makes a row of a subject of its own: a grant, an interaction and a label. */
    static List<Event> row(int number) {
        String id = rowId(number);
        SplittableRandom random = new SplittableRandom(number);
        Interaction interaction = interaction(id, random);
        interaction.setSubjectId(subject(number));
        return List.of(
                consent(number, ConsentKind.GRANT),
                new Event(Channel.INTERACTIONS, id, interaction),
                new Event(Channel.FEEDBACK, id, feedback(id, random.nextInt(RATERS), random)));
    }

    /** Its subject takes the grant back. */
    static Event withdrawal(int number) {
        return consent(number, ConsentKind.WITHDRAW);
    }

    /** The interaction of a row. */
    static String rowId(int number) {
        return "row-" + number;
    }

    private static Event consent(int number, ConsentKind kind) {
        String subject = subject(number);
        Consent consent = new Consent(subject + "-" + kind, subject, kind, List.of(ConsentScope.TRAIN), TIME_MS, "");
        return new Event(Channel.CONSENTS, subject, consent);
    }

    private static String subject(int number) {
        return "row-subject-" + number;
    }

    private static Interaction interaction(String id, SplittableRandom random) {
        Candidate candidate = Candidate.newBuilder()
                .setCandidateId("a")
                .setModelId("model")
                .setText(text(random))
                .build();
        return Interaction.newBuilder()
                .setEventId(id + "-i")
                .setInteractionId(id)
                .setSubjectId("subject-" + random.nextInt(1_000))
                .setOccurredAtMs(TIME_MS)
                .setPrompt(List.of(new Message("user", text(random))))
                .setCandidates(List.of(candidate))
                .build();
    }

    private static Signal signal(String id, SplittableRandom random) {
        return Signal.newBuilder()
                .setEventId(id + "-s")
                .setInteractionId(id)
                .setKind(SignalKind.GUARDRAIL)
                .setDetectorId("guard")
                .setQuestionId(QUESTION)
                .setClassName(random.nextInt(5) == 0 ? "violation" : "ok")
                .setOccurredAtMs(TIME_MS)
                .build();
    }

    private static Feedback feedback(String id, int rater, SplittableRandom random) {
        return Feedback.newBuilder()
                .setEventId(id + "-f" + rater)
                .setInteractionId(id)
                .setQuestionId(QUESTION)
                .setRaterId("rater-" + rater)
                .setRaterKind(RaterKind.HUMAN)
                .setKind(FeedbackKind.LABEL)
                .setClassName(random.nextInt(4) == 0 ? "violation" : "ok")
                .setOccurredAtMs(TIME_MS)
                .build();
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            text.append("word").append(random.nextInt(5_000)).append(' ');
        }
        return text.toString();
    }
}
