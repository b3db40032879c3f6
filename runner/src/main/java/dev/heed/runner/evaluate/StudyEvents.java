package dev.heed.runner.evaluate;

import dev.heed.event.Candidate;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterKind;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.runner.study.QuietPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A study as events of the loop: a policy with one question that never asks for a label, an interaction per item, and
 * feedback per label. Items, raters and classes go by their number, so that a file may call them what it likes.
 */
final class StudyEvents {
    static final String QUESTION = "label";

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
        Question question = QuietPolicy.question(QUESTION, kind, classNames()).build();
        return QuietPolicy.policy("study", nowMs, question).build();
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
