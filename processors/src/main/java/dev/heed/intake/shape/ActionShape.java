package dev.heed.intake.shape;

import dev.heed.event.Acknowledge;
import dev.heed.event.Action;
import dev.heed.event.Appeal;
import dev.heed.event.DatasetNames;
import dev.heed.event.GateOverride;
import dev.heed.event.Gold;
import dev.heed.event.Reconcile;
import dev.heed.event.Reinstate;
import dev.heed.event.ReleaseTask;
import dev.heed.event.RequestTasks;
import dev.heed.event.Resolve;
import dev.heed.event.Seal;
import dev.heed.event.Silence;
import dev.heed.event.Unsilence;
import java.util.ArrayList;
import java.util.List;

/** The shape of an action: exactly one thing is asked, and of the target that the record names. */
final class ActionShape implements Shape<Action> {
    @Override
    public Head head(Action event) {
        return Head.of(event.getEventId(), "target_id", event.getTargetId(), event.getOccurredAtMs());
    }

    @Override
    public void check(Action event, Problems problems) {
        problems.id("event_id", event.getEventId());
        problems.id("target_id", event.getTargetId());
        problems.id("actor", event.getActor());
        List<String> asked = new ArrayList<>();
        onItems(event, asked, problems);
        onQueues(event, asked, problems);
        onCalibration(event, asked, problems);
        silences(event, asked, problems);
        elsewhere(event, asked, problems);
        problems.check(
                asked.size() == 1, "action", asked.isEmpty() ? "none" : String.join(" and ", asked), "exactly one");
    }

    private static void onItems(Action event, List<String> asked, Problems problems) {
        Acknowledge acknowledge = event.getAcknowledge();
        if (acknowledge != null) {
            asked.add("acknowledge");
            problems.id("acknowledge.question_id", acknowledge.getQuestionId());
            target("acknowledge.interaction_id", acknowledge.getInteractionId(), event, problems);
        }
        Resolve resolve = event.getResolve();
        if (resolve != null) {
            asked.add("resolve");
            problems.id("resolve.question_id", resolve.getQuestionId());
            problems.id("resolve.resolution", resolve.getResolution());
            target("resolve.interaction_id", resolve.getInteractionId(), event, problems);
        }
        Appeal appeal = event.getAppeal();
        if (appeal != null) {
            asked.add("appeal");
            problems.asked("appeal.question_id", appeal.getQuestionId());
            problems.id("appeal.reason_code", appeal.getReasonCode());
            target("appeal.interaction_id", appeal.getInteractionId(), event, problems);
        }
        Gold gold = event.getGold();
        if (gold != null) {
            asked.add("gold");
            problems.id("gold.question_id", gold.getQuestionId());
            problems.id("gold.class_name", gold.getClassName());
            problems.idOrEmpty("gold.rubric_version", gold.getRubricVersion());
            target("gold.interaction_id", gold.getInteractionId(), event, problems);
        }
    }

    private static void onQueues(Action event, List<String> asked, Problems problems) {
        RequestTasks request = event.getRequestTasks();
        if (request != null) {
            asked.add("request_tasks");
            problems.id("request_tasks.rater_id", request.getRaterId());
            problems.between("request_tasks.count", request.getCount(), 1, Limits.TASKS);
            target("request_tasks.pool", request.getPool(), event, problems);
        }
        ReleaseTask release = event.getReleaseTask();
        if (release != null) {
            asked.add("release_task");
            problems.id("release_task.rater_id", release.getRaterId());
            problems.taskId("release_task.task_id", release.getTaskId());
            target("release_task.pool", release.getPool(), event, problems);
        }
    }

    private static void silences(Action event, List<String> asked, Problems problems) {
        Silence silence = event.getSilence();
        if (silence != null) {
            asked.add("silence");
            new LabelShape(problems).matchers("silence.matchers", silence.getMatchers());
            problems.between("silence.until_ms", silence.getUntilMs(), 1, Long.MAX_VALUE);
            problems.check(!silence.getComment().isBlank(), "silence.comment", "empty", "why");
            problems.text("silence.comment", silence.getComment(), Limits.NOTE);
            target("silence.silence_id", silence.getSilenceId(), event, problems);
        }
        Unsilence unsilence = event.getUnsilence();
        if (unsilence != null) {
            asked.add("unsilence");
            target("unsilence.silence_id", unsilence.getSilenceId(), event, problems);
        }
    }

    private static void elsewhere(Action event, List<String> asked, Problems problems) {
        Seal seal = event.getSeal();
        if (seal != null) {
            asked.add("seal");
            problems.check(
                    DatasetNames.find(seal.getDataset()).isPresent(),
                    "seal.dataset",
                    seal.getDataset(),
                    "one of " + DatasetNames.all());
            target("seal.dataset", seal.getDataset(), event, problems);
        }
        GateOverride override = event.getOverride();
        if (override != null) {
            asked.add("override");
            problems.known("override.verdict", override.getVerdict());
            problems.check(!override.getReason().isBlank(), "override.reason", "empty", "why");
            problems.text("override.reason", override.getReason(), Limits.NOTE);
            target("override.candidate_id", override.getCandidateId(), event, problems);
        }
    }

    private static void onCalibration(Action event, List<String> asked, Problems problems) {
        Reinstate reinstate = event.getReinstate();
        if (reinstate != null) {
            asked.add("reinstate");
            problems.id("reinstate.rater_id", reinstate.getRaterId());
            problems.id("reinstate.reason_code", reinstate.getReasonCode());
            target("reinstate.question_id", reinstate.getQuestionId(), event, problems);
        }
        Reconcile reconcile = event.getReconcile();
        if (reconcile != null) {
            asked.add("reconcile");
            target("reconcile.question_id", reconcile.getQuestionId(), event, problems);
        }
    }

    private static void target(String path, String target, Action event, Problems problems) {
        problems.check(
                target.equals(event.getTargetId()), path, target, "target_id, " + Problems.shown(event.getTargetId()));
    }
}
