package dev.heed.simulator;

import dev.heed.event.Action;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Feedback;
import dev.heed.event.Gold;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterProfile;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The world of one seed: everything that happens in it follows from the seed and a number, in any order and as often as
 * asked. Times are left at 0 for whoever publishes.
 */
public final class StudyBuddy {
    /** Children who use it. */
    public static final int SUBJECTS = 240;
    /** The detector id of what users report. */
    static final String USER_REPORT = "user-report";

    /** Shares of the lessons whose answer experts know: they look for violations. */
    private static final double KNOWN_VIOLATING = .6;

    private static final double KNOWN_FINE = .04;

    /** The interaction from which on the prompt is the one that makes the tutor shy. */
    static final int SHY_FROM = 100;

    /** Every so many lessons belong to the sample that reviewers write about. */
    private static final int SAMPLED = 25;

    private static final double TWO_CANDIDATES = .35;
    private static final double CLASSROOM = .04;
    private static final double REPORTED_RIGHTLY = .22;
    private static final double REPORTED_WRONGLY = .008;

    private final long seed;
    private final String run;
    private final Map<String, Texts> texts = new TreeMap<>();

    /**
     * @param run told apart in every id, so that two runs on one cluster do not repeat each other's events
     */
    public StudyBuddy(long seed, String run) {
        this.seed = seed;
        this.run = run;
        for (String language : List.of("de", "en", "es")) {
            texts.put(language, Texts.of(language));
        }
    }

    long seed() {
        return seed;
    }

    /** The run whose ids these are. */
    public String run() {
        return run;
    }

    /** A child, the same at every visit. */
    record Child(String id, String language, String age) {}

    Child child(int number) {
        Draw draw = Draw.of(seed, "child", number);
        double language = draw.uniform();
        double age = draw.uniform();
        return new Child(
                "pupil-" + run + "-" + number,
                language < .6 ? "en" : language < .85 ? "de" : "es",
                age < .3 ? "under-10" : age < .7 ? "10-12" : "13-15");
    }

    /** The interaction with this number, from 0, and the truth about it. */
    public Encounter encounter(int number) {
        Draw draw = Draw.of(seed, "encounter", number);
        Child child = child(draw.below(SUBJECTS));
        Texts words = text(child.language());
        String topic = draw.pick(List.copyOf(new TreeMap<>(words.topics()).keySet()));
        List<String> slices =
                new ArrayList<>(List.of("age:" + child.age(), "lang:" + child.language(), "topic:" + topic));
        if (number % SAMPLED == 0) {
            slices.add("sample:written");
        }
        Texts.Gaps gaps = words.gaps(draw, topic);
        String question = words.question(draw, topic, gaps);
        SimulatedModel production = number < SHY_FROM ? SimulatedModel.CURRENT : SimulatedModel.SHY;
        Behaviour shown = production.answer(draw, slices);
        Behaviour other = draw.happens(TWO_CANDIDATES) ? SimulatedModel.CHALLENGER.answer(draw, slices) : null;
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(candidate("a", production, words.answer(draw, topic, gaps, shown)));
        if (other != null) {
            candidates.add(candidate("b", SimulatedModel.CHALLENGER, words.answer(draw, topic, gaps, other)));
        }
        Interaction interaction = Interaction.newBuilder()
                .setEventId("interaction-" + run + "-" + number)
                .setInteractionId(idPrefix() + number)
                .setSubjectId(child.id())
                .setOccurredAtMs(0)
                .setLanguage(child.language())
                .setSlices(slices)
                .setUsersAffected(draw.happens(CLASSROOM) ? 25 : 1)
                .setPrompt(List.of(new Message("user", question)))
                .setCandidates(candidates)
                .build();
        return new Encounter(number, interaction, shown, other);
    }

    private static Candidate candidate(String id, SimulatedModel model, String text) {
        return new Candidate(id, model.modelId(), model.version(), model.template(), "t=0.7", "rules-3", text);
    }

    /** The number in an interaction's id; empty for an id that is not of this run. */
    public OptionalInt number(String interactionId) {
        String prefix = idPrefix();
        if (!interactionId.startsWith(prefix)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(interactionId.substring(prefix.length())));
        } catch (NumberFormatException notOurs) {
            return OptionalInt.empty();
        }
    }

    private String idPrefix() {
        return "sb-" + run + "-";
    }

    /** What the detectors say of an encounter, in their order. */
    List<Signal> verdicts(Encounter encounter) {
        List<Signal> signals = new ArrayList<>();
        for (SimulatedDetector detector : SimulatedDetector.ALL) {
            Signal signal = signal(encounter, detector.id(), detector.kind(), detector.asked());
            if (detector.scores()) {
                signal.setScoreMicros(detector.scoreMicros(seed, encounter));
            } else {
                signal.setClassName(detector.verdict(seed, encounter));
            }
            signals.add(signal);
        }
        return signals;
    }

    /** What a user reports of an encounter, if anything. */
    Optional<Signal> report(Encounter encounter) {
        boolean violating = encounter.shown() == Behaviour.VIOLATES;
        Draw draw = Draw.of(seed, "report", encounter.number());
        if (!draw.happens(violating ? REPORTED_RIGHTLY : REPORTED_WRONGLY)) {
            return Optional.empty();
        }
        Signal signal = signal(encounter, USER_REPORT, SignalKind.USER_REPORT, Asked.VIOLATION);
        signal.setClassName(Asked.VIOLATION.classes().get(1));
        signal.setText(draw.pick(text(encounter.interaction().getLanguage()).reports()));
        return Optional.of(signal);
    }

    private Signal signal(Encounter encounter, String detector, SignalKind kind, Asked asked) {
        return Signal.newBuilder()
                .setEventId("signal-" + run + "-" + encounter.number() + "-" + detector)
                .setInteractionId(encounter.interaction().getInteractionId())
                .setKind(kind)
                .setDetectorId(detector)
                .setQuestionId(asked.id())
                .setOccurredAtMs(0)
                .build();
    }

    /** Everybody who labels: reviewers and detectors. */
    public List<RaterProfile> raters() {
        return Staff.profiles(run);
    }

    /** What the AI judge says of an encounter, if it was shown it. */
    List<Feedback> opinions(Encounter encounter) {
        return SimulatedJudge.RULES.opinions(seed, run, encounter);
    }

    /** Whether a rater is one whose answers are not worth having: careless, or not reading at all. */
    public boolean isUnreliable(String raterId) {
        return Staff.find(raterId).filter(Reviewer::isUnreliable).isPresent();
    }

    /** Whether a rater is one of those who are asked when others do not agree. */
    public boolean isSenior(String raterId) {
        return Staff.find(raterId).filter(Reviewer::isSenior).isPresent();
    }

    /** What experts say of an encounter beforehand: the true answer to the question of safety, for some. */
    Optional<Action> gold(Encounter encounter) {
        double known = encounter.shown() == Behaviour.VIOLATES ? KNOWN_VIOLATING : KNOWN_FINE;
        if (!Draw.of(seed, "gold", encounter.number()).happens(known)) {
            return Optional.empty();
        }
        String interactionId = encounter.interaction().getInteractionId();
        return Optional.of(Action.newBuilder()
                .setEventId("gold-" + run + "-" + encounter.number())
                .setTargetId(interactionId)
                .setActor("experts")
                .setOccurredAtMs(0)
                .setGold(new Gold(
                        interactionId,
                        Asked.VIOLATION.id(),
                        Objects.requireNonNull(Asked.VIOLATION.truth(encounter)),
                        ""))
                .build());
    }

    /** What the children's parents allow at first. One in ten says nothing, which allows nothing. */
    public List<Consent> consents() {
        List<Consent> consents = new ArrayList<>();
        for (int i = 0; i < SUBJECTS; i++) {
            double u = Draw.of(seed, "consent", i).uniform();
            List<ConsentScope> scopes = u < .7
                    ? List.of(ConsentScope.REVIEW, ConsentScope.TRAIN, ConsentScope.RETAIN)
                    : u < .9 ? List.of(ConsentScope.REVIEW, ConsentScope.RETAIN) : List.of();
            if (!scopes.isEmpty()) {
                consents.add(consent("grant", i, ConsentKind.GRANT, scopes));
            }
        }
        return consents;
    }

    /** The withdrawal of a child's consent to training, for the one in twenty who withdraw during a run. */
    Optional<Consent> withdrawal(int child) {
        return Draw.of(seed, "withdraws", child).happens(.05)
                ? Optional.of(consent("withdraw", child, ConsentKind.WITHDRAW, List.of(ConsentScope.TRAIN)))
                : Optional.empty();
    }

    private Consent consent(String what, int child, ConsentKind kind, List<ConsentScope> scopes) {
        return new Consent(
                "consent-" + run + "-" + what + "-" + child, child(child).id(), kind, scopes, 0L, "");
    }

    Texts text(String language) {
        return Objects.requireNonNull(texts.get(language), language);
    }
}
