package dev.heed.bench.faults;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Appeal;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.event.Seal;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of what the loop is told, drawn from a seed: interactions, verdicts, labels, labels thought over and
 * taken back, grants, withdrawals and erasures, appeals, requests for work, seals, repeats and nonsense.
 */
final class FaultEvents {
    static final int RATERS = 12;

    private static final int SUBJECTS = 40;
    /** Events are about one of the newest items, so that most are labelled more than once. */
    private static final int OPEN_ITEMS = 30;

    private static final int REMEMBERED = 200;
    /** Of what would be a seal, one in so many is. */
    private static final int SEAL_EVERY = 8;

    private static final byte[] NONSENSE = "{\"not\": \"avro\"}".getBytes(StandardCharsets.UTF_8);

    /**
     * One record for a public input.
     *
     * @param event null for {@link #nonsense()}
     */
    record Told(Channel channel, String key, @Nullable SpecificRecord event) {}

    private final SplittableRandom random;
    private final List<Told> recent = new ArrayList<>();
    private final List<Feedback> labels = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();
    private int items;
    private int people;
    private long ids;

    FaultEvents(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < SUBJECTS; i++) {
            subjects.add("subject-" + people++);
        }
    }

    /** Bytes that are no event. */
    static byte[] nonsense() {
        return NONSENSE.clone();
    }

    /** What is told before all else: who labels, and what most subjects allow. */
    List<Told> beginning(long nowMs) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < RATERS; i++) {
            RaterProfile profile = RaterProfile.newBuilder()
                    .setEventId(id())
                    .setRaterId("rater-" + i)
                    .setKind(RaterKind.HUMAN)
                    .setPools(List.of(FaultPolicy.POOL))
                    .setCapacity(5)
                    .setOccurredAtMs(nowMs)
                    .build();
            told.add(new Told(Channel.RATERS, profile.getRaterId(), profile));
        }
        subjects.forEach(subject -> told.add(consent(subject, ConsentKind.GRANT, nowMs)));
        return told;
    }

    /** The next one. */
    Told next(long nowMs) {
        int kind = random.nextInt(100);
        if (items == 0 || kind < 18) {
            return remember(interaction(nowMs));
        } else if (kind < 26) {
            return remember(signal(nowMs));
        } else if (kind < 66) {
            return remember(label(nowMs));
        } else if (kind < 72 && !labels.isEmpty()) {
            return remember(secondThought(nowMs));
        } else if (kind < 84) {
            return remember(consent(nowMs));
        } else if (kind < 87) {
            Appeal appeal = new Appeal(item(), question(), "read_it_myself");
            return remember(action(appeal.getInteractionId(), nowMs, action -> action.setAppeal(appeal)));
        } else if (kind < 92) {
            RequestTasks request = new RequestTasks(FaultPolicy.POOL, rater(), 1 + random.nextInt(2));
            return remember(action(FaultPolicy.POOL, nowMs, action -> action.setRequestTasks(request)));
        } else if (kind < 93 && random.nextInt(SEAL_EVERY) == 0) {
            Seal seal = new Seal("guardrail");
            return remember(action(seal.getDataset(), nowMs, action -> action.setSeal(seal)));
        } else if (kind < 98) {
            return recent.get(random.nextInt(recent.size()));
        }
        Channel anywhere = recent.get(random.nextInt(recent.size())).channel();
        return new Told(anywhere, "nonsense", null);
    }

    private Told remember(Told told) {
        if (recent.size() < REMEMBERED) {
            recent.add(told);
        } else {
            recent.set(random.nextInt(REMEMBERED), told);
        }
        return told;
    }

    private Told interaction(long nowMs) {
        String id = "item-" + items++;
        Interaction interaction = Interaction.newBuilder()
                .setEventId(id())
                .setInteractionId(id)
                .setSubjectId(subjects.get(random.nextInt(SUBJECTS)))
                .setOccurredAtMs(nowMs)
                .setUsersAffected(1 + random.nextInt(4))
                .setPrompt(List.of(new Message("user", "What is " + words() + "?")))
                .setCandidates(List.of(candidate("a"), candidate("b")))
                .build();
        return new Told(Channel.INTERACTIONS, id, interaction);
    }

    private Candidate candidate(String id) {
        return Candidate.newBuilder()
                .setCandidateId(id)
                .setModelId("tutor")
                .setText("It is " + words() + ".")
                .build();
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            words.append(i == 0 ? "" : " ").append("word").append(random.nextInt(10_000));
        }
        return words.toString();
    }

    private Told signal(long nowMs) {
        Signal signal = Signal.newBuilder()
                .setEventId(id())
                .setInteractionId(item())
                .setKind(SignalKind.GUARDRAIL)
                .setDetectorId("guard-" + random.nextInt(2))
                .setQuestionId(FaultPolicy.VIOLATION)
                .setClassName(FaultPolicy.LABELS.get(random.nextInt(2)))
                .setOccurredAtMs(nowMs)
                .build();
        return new Told(Channel.SIGNALS, signal.getInteractionId(), signal);
    }

    private Told label(long nowMs) {
        String question = question();
        Feedback label = Feedback.newBuilder()
                .setEventId(id())
                .setInteractionId(item())
                .setQuestionId(question)
                .setRaterId(rater())
                .setRaterKind(RaterKind.HUMAN)
                .setKind(question.equals(FaultPolicy.VIOLATION) ? FeedbackKind.LABEL : FeedbackKind.PREFERENCE)
                .setClassName(answer(question))
                .setOccurredAtMs(nowMs)
                .build();
        if (labels.size() < REMEMBERED) {
            labels.add(label);
        } else {
            labels.set(random.nextInt(REMEMBERED), label);
        }
        return new Told(Channel.FEEDBACK, label.getInteractionId(), label);
    }

    /** A rater says something else of the same item, or nothing at all. */
    private Told secondThought(long nowMs) {
        Feedback first = labels.get(random.nextInt(labels.size()));
        Feedback second = Feedback.newBuilder(first)
                .setEventId(id())
                .setRevises(first.getEventId())
                .setClassName(answer(first.getQuestionId()))
                .setWithdrawn(random.nextInt(3) == 0)
                .setOccurredAtMs(nowMs)
                .build();
        return new Told(Channel.FEEDBACK, second.getInteractionId(), second);
    }

    /** Who had everything erased is never heard of again; somebody else comes. */
    private Told consent(long nowMs) {
        int place = random.nextInt(SUBJECTS);
        String subject = subjects.get(place);
        int kind = random.nextInt(10);
        if (kind == 0) {
            subjects.set(place, "subject-" + people++);
            return consent(subject, ConsentKind.ERASE, nowMs);
        }
        return consent(subject, kind < 7 ? ConsentKind.GRANT : ConsentKind.WITHDRAW, nowMs);
    }

    private Told consent(String subject, ConsentKind kind, long nowMs) {
        List<ConsentScope> scopes = kind == ConsentKind.ERASE ? List.of() : List.of(ConsentScope.TRAIN);
        return new Told(Channel.CONSENTS, subject, new Consent(id(), subject, kind, scopes, nowMs, "faults"));
    }

    private Told action(String target, long nowMs, Consumer<Action.Builder> what) {
        Action.Builder action = Action.newBuilder()
                .setEventId(id())
                .setTargetId(target)
                .setActor("faults")
                .setOccurredAtMs(nowMs);
        what.accept(action);
        return new Told(Channel.ACTIONS, target, action.build());
    }

    private String item() {
        return "item-" + Math.max(0, items - 1 - random.nextInt(OPEN_ITEMS));
    }

    private String rater() {
        return "rater-" + random.nextInt(RATERS);
    }

    private String question() {
        return random.nextInt(3) == 0 ? FaultPolicy.PREFERENCE : FaultPolicy.VIOLATION;
    }

    private String answer(String question) {
        return question.equals(FaultPolicy.VIOLATION)
                ? FaultPolicy.LABELS.get(random.nextInt(4) == 0 ? 1 : 0)
                : FaultPolicy.PREFERENCES.get(random.nextInt(3));
    }

    private String id() {
        return "event-" + ids++;
    }
}
