package dev.heed.simulator;

import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.out.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * What reviewers write of answers, and what others think of that. A critique names what the answer does; it holds when that
 * is true. Who wrote it is in its event id, so whoever judges it can be told the truth about it.
 */
final class Critics {
    /** The question that is answered with a critique. */
    static final String CRITIQUE = "critique";
    /** The question by which another reviewer accepts it. */
    static final String HOLDS = "critique-holds";

    private static final List<String> ANSWERS = List.of("holds", "misses");

    private final StudyBuddy world;

    Critics(StudyBuddy world) {
        this.world = world;
    }

    /** Whether a task is about a critique. */
    static boolean concerns(Task task) {
        return task.getQuestionId().equals(CRITIQUE) || task.getQuestionId().startsWith(HOLDS + "|");
    }

    /** Makes of an answer that has all but what is said one that says it. */
    Feedback say(Reviewer reviewer, Encounter encounter, Task task, Feedback.Builder answer) {
        if (task.getQuestionId().equals(CRITIQUE)) {
            String eventId = writtenBy(reviewer) + task.getTaskId().replace('|', ':');
            Texts texts = world.text(encounter.interaction().getLanguage());
            Behaviour claimed = claimed(reviewer, encounter, eventId);
            return answer.setEventId(eventId)
                    .setKind(FeedbackKind.CRITIQUE)
                    .setCandidateId("a")
                    .setText(texts.critique(Draw.of(world.seed(), "words", eventId), claimed))
                    .build();
        }
        String critiqueId = task.getQuestionId().substring(HOLDS.length() + 1);
        return answer.setKind(FeedbackKind.LABEL)
                .setClassName(judged(reviewer, holds(critiqueId, encounter), critiqueId))
                .build();
    }

    /** Whether the critique says what the answer does. */
    private boolean holds(String critiqueId, Encounter encounter) {
        return Staff.reviewers().stream()
                .filter(each -> critiqueId.startsWith(writtenBy(each)))
                .anyMatch(each -> claimed(each, encounter, critiqueId) == encounter.shown());
    }

    private Behaviour claimed(Reviewer author, Encounter encounter, String eventId) {
        Draw draw = Draw.of(world.seed(), "critique", eventId);
        if (draw.happens(author.character().accuracy)) {
            return encounter.shown();
        }
        List<Behaviour> others = new ArrayList<>(List.of(Behaviour.values()));
        others.remove(encounter.shown());
        return draw.pick(others);
    }

    private String judged(Reviewer reviewer, boolean holds, String critiqueId) {
        Draw draw = Draw.of(world.seed(), "judges", reviewer.id(), critiqueId);
        return ANSWERS.get(draw.happens(reviewer.character().accuracy) == holds ? 0 : 1);
    }

    private String writtenBy(Reviewer reviewer) {
        return "critique-" + world.run() + "-" + reviewer.id() + "-";
    }
}
