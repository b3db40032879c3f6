package dev.heed.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Feedback;
import dev.heed.out.Escalation;
import dev.heed.out.Judgment;
import dev.heed.out.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class WorkforceTest {
    private static final long START_MS = 5_000;
    private static final Pace PACE = Pace.demo(60_000);

    private final StudyBuddy world = new StudyBuddy(1, "t");
    private final Workforce workforce = new Workforce(world, PACE, START_MS);

    @Test
    void whoIsAtWorkAsksForTasksAndAsksAgainLater() {
        List<Action> first = values(workforce.until(START_MS), Action.class);

        assertThat(first).hasSizeBetween(18, Staff.reviewers().size());
        assertThat(first).allSatisfy(ask -> {
            assertThat(ask.getRequestTasks().getCount()).isEqualTo(Workforce.TASKS_AT_ONCE);
            assertThat(ask.getTargetId()).isEqualTo(ask.getRequestTasks().getPool());
        });
        assertThat(workforce.until(START_MS + 100)).isEmpty();
        assertThat(values(workforce.until(START_MS + 3_000), Action.class))
                .hasSameSizeAs(first)
                .doesNotContainAnyElementsOf(first);
    }

    @Test
    void everyTeamAsksForTheWorkOfItsPools() {
        Map<String, Set<String>> pools = new TreeMap<>();
        for (long nowMs = START_MS; nowMs < START_MS + 60_000; nowMs += 500) {
            for (Action ask : values(workforce.until(nowMs), Action.class)) {
                String team = ask.getActor().substring(0, ask.getActor().indexOf('-'));
                pools.computeIfAbsent(team, first -> new TreeSet<>()).add(ask.getTargetId());
            }
        }

        assertThat(pools)
                .isEqualTo(Map.of(
                        "rev", Set.of("quality", "safety"),
                        "pairs", Set.of("pairs"),
                        "writer", Set.of("writing"),
                        "senior", Set.of("seniors")));
    }

    @Test
    void aTaskIsAnsweredOnceHoweverOftenItIsTold() {
        Task task = task("task-1", "rev-excellent-1", 4);
        workforce.receive(task, START_MS);
        workforce.receive(task, START_MS + 10);

        List<Feedback> answers = values(workforce.until(START_MS + 20_000), Feedback.class);

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).getTaskId()).isEqualTo("task-1");
        assertThat(answers.get(0).getClassName()).isIn(Asked.VIOLATION.classes());
        assertThat(answers.get(0).getDurationMs()).isBetween(900L, 5_000L);
    }

    @Test
    void aReviewerWithAFullDeskDoesNotAsk() {
        List<Action> asked = values(workforce.until(START_MS), Action.class);
        String busy = asked.get(0).getActor();
        for (int i = 0; i < Workforce.TASKS_AT_ONCE; i++) {
            workforce.receive(task("task-" + i, busy, i), START_MS + 2_499);
        }
        assertThat(values(workforce.until(START_MS + 2_600), Action.class))
                .extracting(Action::getActor)
                .contains(asked.get(1).getActor())
                .doesNotContain(busy);
    }

    @Test
    void someTasksAreForgottenReturnedOrThoughtOverAgain() {
        int tasks = 1_000;
        for (int i = 0; i < tasks; i++) {
            workforce.receive(task("task-" + i, "rev-careless-1", i), START_MS);
        }
        List<Publication> done = workforce.until(START_MS + 60_000);
        List<Feedback> answers = values(done, Feedback.class);
        long revised = answers.stream().filter(a -> a.getRevises() != null).count();
        long returned = values(done, Action.class).stream()
                .filter(a -> a.getReleaseTask() != null)
                .count();

        assertThat(revised).isBetween(5L, 45L);
        assertThat(returned).isBetween(5L, 45L);
        assertThat(tasks - (answers.size() - revised) - returned).isBetween(25L, 80L);
    }

    @Test
    void tasksOfOthersAreNoneOfTheirBusiness() {
        Task foreign = task("x", "rev-good-1", 1);
        foreign.setInteractionId("somebody-elses");
        workforce.receive(foreign, START_MS);
        workforce.receive(task("y", "nobody-here", 1), START_MS);

        assertThat(values(workforce.until(START_MS + 20_000), Feedback.class)).isEmpty();
    }

    @Test
    void mostEscalationsAreAcknowledgedThenResolved() {
        OnCall onCall = new OnCall(world);
        for (int i = 0; i < 200; i++) {
            onCall.receive(escalation(i, "open"), START_MS);
            onCall.receive(escalation(i, "acknowledged"), START_MS);
        }
        List<Action> acts = values(onCall.until(START_MS + 60_000), Action.class);

        assertThat(acts.stream().filter(a -> a.getAcknowledge() != null)).hasSizeBetween(130, 185);
        assertThat(acts.stream().filter(a -> a.getResolve() != null)).hasSize(acts.size() / 2);
    }

    @Test
    void wrongJudgmentsAreAppealedFarMoreOftenThanRightOnesAndNoneTwice() {
        Appellants appellants = new Appellants(world);
        for (int i = 0; i < 400; i++) {
            String truth = Objects.requireNonNull(Asked.REFUSAL.truth(world.encounter(i)));
            String other =
                    Asked.REFUSAL.classes().get(1 - Asked.REFUSAL.classes().indexOf(truth));
            appellants.receive(judgment(i, i % 2 == 0 ? truth : other), START_MS);
            appellants.receive(judgment(i, other), START_MS + 1);
        }

        List<Action> appeals = values(appellants.until(START_MS + 10_000), Action.class);

        long againstRight = appeals.stream()
                .filter(each -> world.number(each.getTargetId()).getAsInt() % 2 == 0)
                .count();
        assertThat(againstRight).isBetween(1L, 12L);
        assertThat(appeals.size() - againstRight).isBetween(100L, 140L);
        assertThat(appeals).extracting(Action::getTargetId).doesNotHaveDuplicates();
        assertThat(appellants.until(START_MS + 20_000)).isEmpty();
    }

    private Judgment judgment(int encounter, String className) {
        return Judgment.newBuilder()
                .setInteractionId(world.encounter(encounter).interaction().getInteractionId())
                .setQuestionId(Asked.REFUSAL.id())
                .setClassName(className)
                .setBeliefMicros(List.of())
                .setClasses(List.of())
                .setRevision(0)
                .setReason("")
                .setLabels(List.of())
                .setLabelSetVersion(0L)
                .setValueMicros(0L)
                .setCostMicros(0L)
                .setPropensityMicros(0L)
                .setRubricVersion("")
                .setPolicyVersion(0)
                .setDecidedAtMs(0L)
                .build();
    }

    private Task task(String id, String rater, int encounter) {
        return new Task(
                id,
                rater,
                world.encounter(encounter).interaction().getInteractionId(),
                "violation",
                "safety",
                "rubric-1",
                START_MS + 30_000,
                "open",
                List.of());
    }

    private Escalation escalation(int encounter, String state) {
        return Escalation.newBuilder()
                .setInteractionId(world.encounter(encounter).interaction().getInteractionId())
                .setQuestionId("violation")
                .setState(state)
                .setLevel("duty")
                .setLevelIndex(0)
                .setRiskMicros(1)
                .setCause("risk")
                .setPolicyVersion(1)
                .setNoticedAtMs(START_MS)
                .setDecidedAtMs(START_MS)
                .build();
    }

    private static <T extends SpecificRecord> List<T> values(List<Publication> from, Class<T> type) {
        List<T> values = new ArrayList<>();
        for (Publication each : from) {
            assertThat(each.channel()).isIn(Channel.ACTIONS, Channel.FEEDBACK);
            if (type.isInstance(each.value())) {
                values.add(type.cast(each.value()));
            }
        }
        return values;
    }
}
