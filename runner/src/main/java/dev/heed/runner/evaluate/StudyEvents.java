package dev.heed.runner.evaluate;

import dev.heed.event.Candidate;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterKind;
import dev.heed.intake.shape.Limits;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * A study as events of the loop: a policy with one question that never asks for a label, an interaction per item, and
 * feedback per label. Items, raters and classes go by their number, so that a file may call them what it likes.
 */
final class StudyEvents {
    static final String QUESTION = "label";

    private static final String POOL = "study";
    private static final long UNIT_MICROS = 1_000_000;
    private static final long A_DAY_MS = 86_400_000;

    private final LabelStudy study;
    private final FeedbackKind kind;
    private final long nowMs;
    private final Map<String, Integer> items = new HashMap<>();
    private final Map<String, Integer> raters = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();

    /**
     * @param nowMs when all of it is said to happen, milliseconds since the epoch
     */
    StudyEvents(LabelStudy study, long nowMs) {
        this(study, FeedbackKind.LABEL, nowMs);
    }

    /** @param kind what sort of feedback the labels are */
    StudyEvents(LabelStudy study, FeedbackKind kind, long nowMs) {
        this.study = study;
        this.kind = kind;
        this.nowMs = nowMs;
        number(study.items(), items);
        number(study.raters(), raters);
        number(study.classes(), classes);
    }

    private static void number(List<String> names, Map<String, Integer> numbers) {
        names.forEach(name -> numbers.put(name, numbers.size()));
    }

    /** One question whose labels cost more than any is worth, so that each label that comes leads to a judgment. */
    Policy policy() {
        List<LossRow> loss = new ArrayList<>();
        for (int action = 0; action < study.classes().size(); action++) {
            int right = action;
            LongFunction<Long> lossOf = k -> k == right ? 0 : UNIT_MICROS;
            loss.add(new LossRow(
                    className(action),
                    LongStream.range(0, study.classes().size()).mapToObj(lossOf).toList()));
        }
        Question question = Question.newBuilder()
                .setQuestionId(QUESTION)
                .setClasses(classNames())
                .setKind(kind)
                .setLoss(loss)
                .setLabelCostMicros(Limits.LOSS_MICROS)
                .setMinRaters(1)
                .setMaxRaters(LabelStudy.MOST_RATERS)
                .setLookAhead(1)
                .setPool(POOL)
                .setRubricVersion("1")
                .build();
        return Policy.newBuilder()
                .setEventId("study-policy")
                .setPolicyVersion(1)
                .setName("study")
                .setOccurredAtMs(nowMs)
                .setQuestions(List.of(question))
                .setPools(List.of(pool()))
                .setEscalationLevels(List.of())
                .setExplorationMicros(0)
                .setNoveltyHalfLifeMs(1)
                .setHoldoutMicros(0)
                .setMaxParked(LabelStudy.MOST_RATERS)
                .setParkMs(A_DAY_MS)
                .build();
    }

    private static Pool pool() {
        return Pool.newBuilder()
                .setPool(POOL)
                .setBudgetPerHour(1)
                .setBucketCapacity(1)
                .setExplorationShareMicros(0)
                .setHorizonMs(A_DAY_MS)
                .setMinPriceMicros(0)
                .setPriceSmoothingMicros(UNIT_MICROS)
                .setMaxPriceStepMicros(UNIT_MICROS)
                .setQueueCapacity(1)
                .setLeaseMs(A_DAY_MS)
                .setRetryAfterMs(A_DAY_MS)
                .setRequestTtlMs(A_DAY_MS)
                .build();
    }

    /** The items, in order of first arrival. */
    List<Interaction> interactions() {
        List<Interaction> interactions = new ArrayList<>();
        for (int i = 0; i < study.items().size(); i++) {
            interactions.add(Interaction.newBuilder()
                    .setEventId("interaction-" + i)
                    .setInteractionId(interactionId(i))
                    .setSubjectId("subject-" + i)
                    .setOccurredAtMs(nowMs)
                    .setPrompt(List.of(new Message("user", "item " + i)))
                    .setCandidates(List.of(Candidate.newBuilder()
                            .setCandidateId("a")
                            .setModelId("none")
                            .setText("none")
                            .build()))
                    .build());
        }
        return interactions;
    }

    /** The label with this number, in order of arrival. */
    Feedback feedback(int number) {
        LabelRow row = study.labels().get(number);
        return Feedback.newBuilder()
                .setEventId("feedback-" + number)
                .setInteractionId(interactionId(number(items, row.item())))
                .setQuestionId(QUESTION)
                .setRaterId(raterId(row.worker()))
                .setRaterKind(RaterKind.HUMAN)
                .setKind(kind)
                .setClassName(className(number(classes, row.label())))
                .setOccurredAtMs(nowMs)
                .build();
    }

    /** The label with this number, as items pass it on to calibration. */
    SubmittedLabel submitted(int number) {
        LabelRow row = study.labels().get(number);
        return SubmittedLabel.newBuilder()
                .setLabelId("feedback-" + number)
                .setRaterId(raterId(row.worker()))
                .setRaterKind(RaterKind.HUMAN)
                .setVendorGroup("")
                .setClassName(className(number(classes, row.label())))
                .build();
    }

    String raterId(String worker) {
        return "rater-" + number(raters, worker);
    }

    /** The number of the item of a label. */
    int itemOf(int label) {
        return number(items, study.labels().get(label).item());
    }

    /** The item that an interaction stands for. */
    String item(String interactionId) {
        return study.items().get(itemNumber(interactionId));
    }

    static int itemNumber(String interactionId) {
        return Integer.parseInt(interactionId.substring("item-".length()));
    }

    /** The label that a class stands for. */
    String label(String className) {
        return study.classes().get(classNames().indexOf(className));
    }

    private List<String> classNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < study.classes().size(); i++) {
            names.add(className(i));
        }
        return names;
    }

    private static int number(Map<String, Integer> numbers, String name) {
        return Objects.requireNonNull(numbers.get(name), name);
    }

    static String interactionId(int number) {
        return "item-" + number;
    }

    private static String className(int number) {
        return "class-" + number;
    }
}
