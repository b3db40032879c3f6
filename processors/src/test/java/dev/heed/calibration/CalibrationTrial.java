package dev.heed.calibration;

import dev.heed.Policies;
import dev.heed.StageTrial;
import dev.heed.calibration.agreement.Agreement;
import dev.heed.core.Channel;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RaterStatus;
import dev.heed.event.Reconcile;
import dev.heed.event.Reinstate;
import dev.heed.fact.BeliefUpdated;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.SuspendedAreSilent;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.RaterModel;
import dev.heed.journal.RaterModels;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.out.DriftDetected;
import dev.heed.policy.Calibration;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import dev.heed.state.ItemLabels;
import dev.heed.state.RaterTrack;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A calibration stage with one question, spoken to in the words of a story. */
public final class CalibrationTrial {
    public static final String QUESTION = "violation";
    public static final List<String> CLASSES = List.of("ok", "bad");

    private final StageTrial trial = new StageTrial(CalibrationStage.create());
    private Question question;
    private final List<String> classes;
    private int policies = 1;
    private @Nullable RaterTrust trust;
    private final Calibration calibration;

    public CalibrationTrial() {
        this(CLASSES);
    }

    public CalibrationTrial(List<String> classes) {
        this(Policies.question(QUESTION, classes));
    }

    public CalibrationTrial(List<String> classes, Calibration calibration) {
        this(calibrated(classes, calibration));
    }

    /** With a question called {@link #QUESTION}. */
    public CalibrationTrial(Question question) {
        this.question = question;
        this.classes = question.getClasses();
        this.calibration = CalibrationPolicy.of(question);
        trial.send("policies", Policies.of(1, question));
    }

    /** A policy under which raters are tested. */
    public void trust(RaterTrust rule) {
        trust = rule;
        trial.send("policies", nextPolicy());
    }

    /** A policy under which the question has another rubric. */
    public List<SpecificRecord> rubric(String version, String... comparable) {
        question = Question.newBuilder(question)
                .setRubricVersion(version)
                .setComparableRubrics(List.of(comparable))
                .build();
        return trial.send("policies", nextPolicy());
    }

    private Policy nextPolicy() {
        Policy policy = Policies.of(++policies, question);
        policy.setRaterTrust(trust);
        return policy;
    }

    static Question underRubric(Question question) {
        return Question.newBuilder(question).setRubricVersion("r0").build();
    }

    /** A person's label under a version of the rubric. */
    public static SubmittedLabel under(String rubric, String labelId, String rater, String said) {
        SubmittedLabel label = human(labelId, rater, said);
        label.setRubricVersion(rubric);
        return label;
    }

    /** What a person says who was served an item because its answer is known. */
    public static SubmittedLabel tested(String rubric, String labelId, String rater, String said) {
        return SubmittedLabel.newBuilder(under(rubric, labelId, rater, said))
                .setBlind(true)
                .setGold(true)
                .build();
    }

    /** A rule: 80 % required, level 5 %, no onboarding, back after a day; tests may change it. */
    public static RaterTrust.Builder rule() {
        return RaterTrust.newBuilder()
                .setRequiredAccuracyMicros(800_000)
                .setAlphaMicros(50_000)
                .setSuspensionMs(86_400_000);
    }

    /** A gold item of its own, answered blind. */
    public List<SpecificRecord> blind(String item, String rater, boolean right) {
        gold(item, "bad");
        SubmittedLabel label = human("of-" + rater + "-on-" + item, rater, right ? "bad" : "ok");
        label.setBlind(true);
        return submit(item, label);
    }

    public List<SpecificRecord> reinstate(String eventId, String rater) {
        ActionAccepted action = ActionAccepted.newBuilder()
                .setEventId(eventId)
                .setActor("lead")
                .setReinstate(new Reinstate(rater, QUESTION, "talked_it_over"))
                .build();
        return trial.sendPublic(QUESTION, action);
    }

    /** A request to reconcile the question, which the next ticks carry out. */
    public List<SpecificRecord> reconcile(String eventId) {
        return reconcile(eventId, QUESTION);
    }

    public List<SpecificRecord> reconcile(String eventId, String questionId) {
        ActionAccepted action = ActionAccepted.newBuilder()
                .setEventId(eventId)
                .setActor("lead")
                .setReconcile(new Reconcile(questionId))
                .build();
        return trial.sendPublic(questionId, action);
    }

    public RaterTrack track(String rater) {
        return Objects.requireNonNull(
                Standings.find(trial.state(), QUESTION, RaterKind.HUMAN, rater), "rater was never scored");
    }

    public RaterStatus status(String rater) {
        return track(rater).getStanding().getStatus();
    }

    /** A trial of the plain formula, without repairs: what a hand can follow. */
    public static CalibrationTrial plain(List<String> classes) {
        return new CalibrationTrial(
                classes,
                Calibration.newBuilder().setPlain(true).setRepairsPerLabel(0).build());
    }

    private static Question calibrated(List<String> classes, Calibration calibration) {
        Question question = Policies.question(QUESTION, classes);
        question.setCalibration(calibration);
        return question;
    }

    public Matrices matrices() {
        return new Matrices(counts(), calibration);
    }

    public StageTrial stage() {
        return trial;
    }

    public static SubmittedLabel label(String labelId, String rater, RaterKind kind, String group, String said) {
        return SubmittedLabel.newBuilder()
                .setLabelId(labelId)
                .setRaterId(rater)
                .setRaterKind(kind)
                .setVendorGroup(group)
                .setClassName(said)
                .build();
    }

    /** A person's ranking, under the class of the best. */
    public SubmittedLabel ranking(String labelId, String rater, Integer... bestFirst) {
        SubmittedLabel label = human(labelId, rater, classes.get(bestFirst[0]));
        label.setRanking(List.of(bestFirst));
        return label;
    }

    /** A person's rating, under the class it falls into. */
    public static SubmittedLabel rating(String labelId, String rater, String said, long ratingMicros) {
        SubmittedLabel label = human(labelId, rater, said);
        label.setRatingMicros(ratingMicros);
        return label;
    }

    public static SubmittedLabel human(String labelId, String rater, String said) {
        return label(labelId, rater, RaterKind.HUMAN, "", said);
    }

    public static SubmittedLabel detector(String labelId, String rater, String group, String said) {
        return label(labelId, rater, RaterKind.DETECTOR, group, said);
    }

    public List<SpecificRecord> submit(String item, SubmittedLabel... labels) {
        return submit(item, Micros.ONE, labels);
    }

    public List<SpecificRecord> submit(String item, long propensityMicros, SubmittedLabel... labels) {
        return trial.send(QUESTION, new LabelsSubmitted(item, QUESTION, propensityMicros, List.of(labels)));
    }

    public List<SpecificRecord> withdraw(String item, String labelId) {
        return trial.send(QUESTION, new LabelWithdrawn(item, QUESTION, labelId, false));
    }

    public List<SpecificRecord> gold(String item, String className) {
        return gold(question.getRubricVersion(), item, className);
    }

    /** The answer under a version of the rubric. */
    public List<SpecificRecord> gold(String rubric, String item, String className) {
        return trial.send(QUESTION, new GoldAssigned(item, QUESTION, className, rubric));
    }

    public void profile(String rater, RaterKind kind, String group) {
        trial.sendPublic(
                rater,
                RaterProfile.newBuilder()
                        .setEventId("profile-" + rater + "-" + kind + "-" + group)
                        .setRaterId(rater)
                        .setKind(kind)
                        .setVendorGroup(group)
                        .setOccurredAtMs(0)
                        .build());
    }

    public ItemLabels item(String item) {
        return Objects.requireNonNull(
                trial.state().get(CalibrationKeys.item(QUESTION, item), ItemLabels.class), "item was never labelled");
    }

    /** Belief in the second class, in micros. */
    public long bad(String item) {
        return item(item).getBeliefMicros().get(1);
    }

    public Counts counts() {
        return new StoredCounts(trial.state(), QUESTION, classes.size());
    }

    /** How much better than chance a person is, as the state has it now. */
    public double strengthOfRater(String rater) {
        return matrices().reliability(RaterKind.HUMAN, rater);
    }

    public Agreement agreement() {
        return Agreement.read(trial.state(), QUESTION);
    }

    /** What the items stage was told of beliefs, in order. */
    public List<BeliefUpdated> told() {
        return trial.sent(Channel.ITEMS_JOURNAL).stream()
                .map(each -> (ItemsEvent) Objects.requireNonNull(each.value()))
                .filter(event -> event.getBelief() != null)
                .map(ItemsEvent::getBelief)
                .toList();
    }

    /** Bundles of models that were multicast, in order. */
    public List<RaterModels> bundles() {
        return trial.sent(Channel.ITEMS_JOURNAL).stream()
                .map(each -> (ItemsEvent) Objects.requireNonNull(each.value()))
                .filter(event -> event.getModels() != null)
                .map(ItemsEvent::getModels)
                .toList();
    }

    /** Models that were made public, in order. */
    public List<RaterModel> models() {
        return trial.sent(Channel.RATER_MODELS).stream()
                .map(each -> (RaterModel) Objects.requireNonNull(each.value()))
                .toList();
    }

    /** Alarms that were made public, in order. */
    public List<DriftDetected> alarms() {
        return trial.sent(Channel.DRIFT).stream()
                .map(each -> (DriftDetected) Objects.requireNonNull(each.value()))
                .toList();
    }

    /** Every story ends so: the same again from the journal, the same state from the facts, and counts that are sums. */
    public void check() {
        trial.checkReplay();
        new CountsAreSums().check(trial);
        new SuspendedAreSilent().check(trial);
    }
}
