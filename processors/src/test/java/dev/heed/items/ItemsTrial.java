package dev.heed.items;

import static dev.heed.items.ItemsPolicies.VIOLATION;

import dev.heed.StageTrial;
import dev.heed.core.Channel;
import dev.heed.core.Outgoing;
import dev.heed.event.Appeal;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Gold;
import dev.heed.event.Lane;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.SignalKind;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.ConsentDecided;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.CandidateFeatures;
import dev.heed.journal.FeedbackAccepted;
import dev.heed.journal.GoldOffered;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.LeaseEnded;
import dev.heed.journal.LeaseGranted;
import dev.heed.journal.Part;
import dev.heed.journal.Price;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SignalAccepted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Policy;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** One partition of items: a story says what comes, and looks at what was decided. */
public final class ItemsTrial implements LogView {
    public static final long START_MS = 1_700_000_000_000L;
    public static final byte[] SEED = {1, 2, 3, 4};

    private final StageTrial stage = new StageTrial(ItemsStage.create(SEED));

    public ItemsTrial(Policy policy) {
        stage.tickAfter(START_MS);
        send(policy.getEventId(), policy);
    }

    public ItemsTrial() {
        this(ItemsPolicies.policy().build());
    }

    /** An event between stages. */
    public List<SpecificRecord> send(String key, SpecificRecord event) {
        return stage.send(key, event);
    }

    /** An event from outside. */
    public List<SpecificRecord> sendPublic(String key, SpecificRecord event) {
        return stage.sendPublic(key, event);
    }

    public List<SpecificRecord> tickAfter(long elapsedMs) {
        return stage.tickAfter(elapsedMs);
    }

    public StageTrial stage() {
        return stage;
    }

    public long nowMs() {
        return stage.nowMs();
    }

    public List<SpecificRecord> interaction(String id, int candidates, String... slices) {
        return sendPublic(id, interaction("event-" + id, id, candidates, slices).build());
    }

    public static InteractionAccepted.Builder interaction(String eventId, String id, int candidates, String... slices) {
        List<CandidateFeatures> answers = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            answers.add(new CandidateFeatures(
                    "c" + i, "model-" + i, "v" + i, "t" + i, "greedy", "p1", part(id, "candidate/" + i)));
        }
        return InteractionAccepted.newBuilder()
                .setEventId(eventId)
                .setInteractionId(id)
                .setSubject("subject-of-" + id)
                .setOccurredAtMs(START_MS)
                .setLanguage("en")
                .setSlices(List.of(slices))
                .setUsersAffected(1)
                .setPromptPart(part(id, "prompt"))
                .setCandidates(answers)
                .setSimhash(0)
                .setPromptCluster("cluster-of-" + id);
    }

    private static Part part(String id, String part) {
        return new Part(id + "|" + part, part, "hash-of-" + id + "-" + part, 10);
    }

    /** A verdict on the violation question. */
    public List<SpecificRecord> verdict(String eventId, String id, String detector, String className) {
        return sendPublic(
                id, signal(eventId, id, detector).setClassName(className).build());
    }

    public static SignalAccepted.Builder signal(String eventId, String id, String detector) {
        return SignalAccepted.newBuilder()
                .setEventId(eventId)
                .setInteractionId(id)
                .setKind(SignalKind.GUARDRAIL)
                .setDetectorId(detector)
                .setQuestionId(VIOLATION)
                .setOccurredAtMs(START_MS + 7);
    }

    /** A person's label on the violation question. */
    public List<SpecificRecord> label(String eventId, String id, String rater, String className) {
        return sendPublic(
                id, feedback(eventId, id, rater).setClassName(className).build());
    }

    public static FeedbackAccepted.Builder feedback(String eventId, String id, String rater) {
        return FeedbackAccepted.newBuilder()
                .setEventId(eventId)
                .setInteractionId(id)
                .setQuestionId(VIOLATION)
                .setRaterId(rater)
                .setRaterKind(RaterKind.HUMAN)
                .setKind(FeedbackKind.LABEL)
                .setOccurredAtMs(START_MS + 9);
    }

    /** A person's ranking of candidates, best first. */
    public List<SpecificRecord> rank(String eventId, String id, String rater, String... bestFirst) {
        return sendPublic(
                id,
                feedback(eventId, id, rater)
                        .setQuestionId(ItemsPolicies.RANKING)
                        .setKind(FeedbackKind.RANKING)
                        .setRanking(List.of(bestFirst))
                        .build());
    }

    /** A person's rating. */
    public List<SpecificRecord> rate(String eventId, String id, String rater, double rating) {
        return sendPublic(
                id,
                feedback(eventId, id, rater)
                        .setQuestionId(ItemsPolicies.RATING)
                        .setKind(FeedbackKind.RATING)
                        .setRatingMicros(Math.round(rating * 1_000_000))
                        .build());
    }

    /** A person's edit of the first candidate. */
    public List<SpecificRecord> edit(String eventId, String id, String rater) {
        return sendPublic(id, text(eventId, id, rater, FeedbackKind.EDIT).build());
    }

    public static FeedbackAccepted.Builder text(String eventId, String id, String rater, FeedbackKind kind) {
        return feedback(eventId, id, rater)
                .setQuestionId(ItemsPolicies.EDIT)
                .setKind(kind)
                .setTextPart(part(id, "feedback/" + eventId));
    }

    /** A person's view of what another has proposed. */
    public List<SpecificRecord> review(String eventId, String id, String proposalId, String rater, String className) {
        return sendPublic(
                id,
                feedback(eventId, id, rater)
                        .setQuestionId(ItemsPolicies.ACCEPTABLE + "|" + proposalId)
                        .setClassName(className)
                        .build());
    }

    /** Calibration's belief in what another has proposed, as calibration names it. */
    public List<SpecificRecord> reviewBelief(
            String id, String proposalId, long version, int humanLabels, String causedBy, long... micros) {
        BeliefUpdated belief = beliefOf(
                id + "|" + proposalId, ItemsPolicies.ACCEPTABLE, version, humanLabels, causedBy, false, micros);
        return send(id, belief);
    }

    /** Somebody appeals. */
    public List<SpecificRecord> appeal(String eventId, String id, String questionId, String actor) {
        return sendPublic(
                id,
                ActionAccepted.newBuilder()
                        .setEventId(eventId)
                        .setActor(actor)
                        .setAppeal(new Appeal(id, questionId, "wrong"))
                        .build());
    }

    public List<SpecificRecord> rater(String eventId, String rater, RaterKind kind, String vendorGroup) {
        return sendPublic(
                rater,
                RaterProfile.newBuilder()
                        .setEventId(eventId)
                        .setRaterId(rater)
                        .setKind(kind)
                        .setVendorGroup(vendorGroup)
                        .setOccurredAtMs(START_MS)
                        .build());
    }

    public List<SpecificRecord> lease(String id, String rater, String taskId) {
        return send(id, leaseOf(id, rater, taskId, 1_000_000));
    }

    public LeaseGranted leaseOf(String id, String rater, String taskId, long propensityMicros) {
        return new LeaseGranted(
                id,
                VIOLATION,
                ItemsPolicies.POOL,
                rater,
                taskId,
                Lane.VALUE,
                propensityMicros,
                nowMs() + 600_000,
                false,
                false,
                "");
    }

    public List<SpecificRecord> leaseEnded(String id, String rater, String taskId, String reason) {
        return send(id, new LeaseEnded(id, VIOLATION, rater, taskId, reason));
    }

    public List<SpecificRecord> price(double price, long version) {
        return send("price", new Price(ItemsPolicies.POOL, Math.round(price * 1_000_000), version));
    }

    /** Calibration's belief in the classes of a question, by a typical next rater who is right in 8 of 10. */
    public List<SpecificRecord> belief(
            String id, String questionId, long version, int humanLabels, String causedBy, long... micros) {
        return send(id, beliefOf(id, questionId, version, humanLabels, causedBy, false, micros));
    }

    /** Calibration's belief in the candidates of a ranking, and their strengths. */
    public List<SpecificRecord> rankingBelief(
            String id, long version, int humanLabels, String causedBy, List<Long> strengths, long... micros) {
        BeliefUpdated belief = beliefOf(id, ItemsPolicies.RANKING, version, humanLabels, causedBy, false, micros);
        belief.setStrengthsMicros(strengths);
        return send(id, belief);
    }

    public List<SpecificRecord> goldBelief(String id, String questionId, long version, long... micros) {
        return send(id, beliefOf(id, questionId, version, 0, "gold", true, micros));
    }

    public BeliefUpdated beliefOf(
            String id,
            String questionId,
            long version,
            int humanLabels,
            String causedBy,
            boolean gold,
            long... micros) {
        int k = micros.length;
        List<Long> matrix = new ArrayList<>();
        for (int i = 0; i < k * k; i++) {
            matrix.add(i % (k + 1) == 0 ? 800_000L : 200_000L / (k - 1));
        }
        List<Long> belief = new ArrayList<>();
        for (long share : micros) {
            belief.add(share);
        }
        return new BeliefUpdated(
                id,
                questionId,
                ItemsPolicies.classes(questionId),
                belief,
                version,
                humanLabels,
                gold,
                matrix,
                causedBy,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    /** What pools were offered because its answer is known, in order. */
    public List<GoldOffered> goldOffers() {
        return sent(Channel.QUEUES_JOURNAL, QueuesEvent.class).stream()
                .map(QueuesEvent::getGoldOffered)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Labels that calibration was told of, in order. */
    public List<SubmittedLabel> submitted() {
        return sent(Channel.CALIBRATION_JOURNAL, CalibrationEvent.class).stream()
                .map(CalibrationEvent::getLabels)
                .filter(Objects::nonNull)
                .flatMap(labels -> labels.getLabels().stream())
                .toList();
    }

    public List<SpecificRecord> consent(String id, long epoch, boolean train) {
        return send(id, new ConsentDecided(id, "subject-of-" + id, epoch, true, train, true, false));
    }

    public List<SpecificRecord> gold(String eventId, String id, String questionId, String className) {
        return sendPublic(
                id,
                ActionAccepted.newBuilder()
                        .setEventId(eventId)
                        .setActor("ada")
                        .setGold(new Gold(id, questionId, className, ""))
                        .build());
    }

    public Item item(String id) {
        return Objects.requireNonNull(Items.find(stage.state(), id));
    }

    public ItemQuestion question(String id, String questionId) {
        return Items.question(item(id), questionId);
    }

    public <T extends SpecificRecord> List<T> facts(Class<T> type) {
        return stage.facts(type);
    }

    /** The values that went to a channel. */
    public <T extends SpecificRecord> List<T> sent(Channel channel, Class<T> type) {
        return stage.sent(channel).stream().map(Outgoing::value).map(type::cast).toList();
    }

    /** The facts of one type among others. */
    public static <T extends SpecificRecord> List<T> of(List<SpecificRecord> facts, Class<T> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every story must replay, rebuild, keep the laws of slots and rows, and bring each event to one end. */
    public void check() {
        stage.checkReplay();
        new SpendIsBounded().check(this);
        new RowsFollowConsentAndJudgment().check(this);
        new EveryEventEndsOnce().check(this);
    }

    @Override
    public List<Logged> records(Channel channel) {
        if (channel != Channel.DATASET_LOG) {
            return stage.records(channel);
        }
        List<Logged> rows = new ArrayList<>();
        stage.sent(channel)
                .forEach(each -> rows.add(new Logged(channel.baseName(), 0, rows.size(), each.key(), each.value())));
        return rows;
    }
}
