package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Acknowledge;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterProfile;
import dev.heed.event.RequestTasks;
import dev.heed.event.Resolve;
import dev.heed.event.RowCause;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.event.Verdict;
import dev.heed.guarantee.CountsAreSums;
import dev.heed.guarantee.DatasetsKeepTheirRules;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.guarantee.RowsFollowConsentAndJudgment;
import dev.heed.guarantee.SpendIsBounded;
import dev.heed.intake.PublicInput;
import dev.heed.out.CritiqueRow;
import dev.heed.out.DeadLetter;
import dev.heed.out.Delta;
import dev.heed.out.Escalation;
import dev.heed.out.GateVerdict;
import dev.heed.out.GuardrailRow;
import dev.heed.out.Judgment;
import dev.heed.out.Task;
import dev.heed.policy.Policy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop's whole way, from what a producer sends to what a trainer and a release owner read. */
class StoryTopologyTest {
    private static final int ITEMS = 12;
    private static final List<String> RATERS = List.of("r-1", "r-2", "r-3");

    private final DriverLoop loop = new DriverLoop();
    private final Set<String> answered = new HashSet<>();
    private int events;

    @AfterEach
    void everyPromiseHolds() {
        List<Guarantee> promises = List.of(
                new NothingLost(),
                new ReplayIsIdentical(
                        LoopTopology.stages(DriverLoop.settings("test").secretSeed())),
                new SpendIsBounded(),
                new RowsFollowConsentAndJudgment(),
                new DatasetsKeepTheirRules(),
                new CountsAreSums());
        try {
            assertThat(promises)
                    .flatExtracting(promise -> promise.breaches(loop))
                    .isEmpty();
            assertThat(loop.values(Channel.DEAD_LETTERS, DeadLetter.class))
                    .extracting(DeadLetter::getReason)
                    .isEmpty();
        } finally {
            loop.close();
        }
    }

    @Test
    void whatAReviewerSaysBecomesAJudgmentAndARow() {
        begin();
        for (int i = 0; i < ITEMS; i++) {
            consent("subject-i-" + i, ConsentKind.GRANT);
            Stories.escalate(loop, "i-" + i);
        }
        review();

        List<Judgment> judgments = loop.values(Channel.JUDGMENTS, Judgment.class);
        assertThat(judgments).extracting(Judgment::getClassName).isNotEmpty().containsOnly("violation");
        assertThat(judgments).extracting(Judgment::getInteractionId).hasSizeGreaterThanOrEqualTo(ITEMS);
        List<Delta> deltas = loop.values(Channel.DATASET_LOG, Delta.class);
        List<GuardrailRow> rows = loop.values(Channel.DATASET_GUARDRAIL, GuardrailRow.class);
        assertThat(rows).isNotEmpty();
        assertThat(rows.stream().map(GuardrailRow::getRowId).distinct())
                .containsExactlyInAnyOrderElementsOf(deltas.stream()
                        .filter(delta -> delta.getOp() == RowOp.ADD && delta.getSplit() == Split.TRAIN)
                        .map(Delta::getRowId)
                        .distinct()
                        .toList());
        GuardrailRow row = rows.get(0);
        assertThat(row.getCompletion()).isEqualTo("Half of it.");
        assertThat(row.getPrompt().get(0).getContent()).startsWith("What is half of i-");
        assertThat(row.getProvenance().getRaterIds()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aWithdrawalTakesItsRowsBack() {
        whatAReviewerSaysBecomesAJudgmentAndARow();
        List<String> subjectsRow = loop.values(Channel.DATASET_LOG, Delta.class).stream()
                .filter(delta -> delta.getSplit() == Split.TRAIN)
                .map(Delta::getInteractionId)
                .distinct()
                .toList();
        String withdrawn = subjectsRow.get(0);
        consent("subject-" + withdrawn, ConsentKind.WITHDRAW);
        loop.pass(Duration.ofSeconds(3));

        assertThat(loop.values(Channel.DATASET_LOG, Delta.class))
                .filteredOn(delta -> delta.getInteractionId().equals(withdrawn))
                .last()
                .extracting(Delta::getOp)
                .isEqualTo(RowOp.RETRACT);
        assertThat(loop.records(Channel.DATASET_GUARDRAIL)).last().satisfies(record -> assertThat(record.value())
                .isNull());
    }

    @Test
    void anAcceptedCritiqueBecomesARowWithItsText() {
        begin(Stories.critiquePolicy());
        consent("subject-i-1", ConsentKind.GRANT);
        loop.send(PublicInput.INTERACTIONS, "i-1", Stories.interaction("i-1", loop.nowMs()));
        critique("r-1", "It does not say half of what.", false);
        review();

        assertThat(loop.values(Channel.TASKS, Task.class))
                .filteredOn(task -> task.getQuestionId().equals("holds|critique-1"))
                .extracting(Task::getRaterId)
                .as("whoever wrote it is not asked")
                .isNotEmpty()
                .isSubsetOf("r-2", "r-3");
        List<CritiqueRow> rows = loop.values(Channel.DATASET_CRITIQUE, CritiqueRow.class);
        assertThat(rows).isNotEmpty();
        CritiqueRow row = rows.get(0);
        assertThat(row.getRowId()).isEqualTo("i-1|holds|critique-1|critique");
        assertThat(row.getPrompt().get(0).getContent()).isEqualTo("What is half of i-1?");
        assertThat(row.getCompletion()).isEqualTo("Half of it.");
        assertThat(row.getCritique()).isEqualTo("It does not say half of what.");
        assertThat(row.getProvenance().getEventIds()).contains("event-i-1", "critique-1");
        assertThat(row.getProvenance().getRaterIds()).contains("r-1").hasSizeGreaterThan(1);

        critique("r-1", null, true);
        loop.pass(Duration.ofSeconds(2));
        assertThat(loop.values(Channel.DATASET_LOG, Delta.class)).last().satisfies(delta -> {
            assertThat(delta.getOp()).isEqualTo(RowOp.RETRACT);
            assertThat(delta.getCauseKind()).isEqualTo(RowCause.PROPOSAL_WITHDRAWN);
        });
        assertThat(loop.records(Channel.DATASET_CRITIQUE)).last().satisfies(record -> assertThat(record.value())
                .isNull());
    }

    private void critique(String rater, @Nullable String text, boolean withdrawn) {
        loop.send(
                PublicInput.FEEDBACK,
                "i-1",
                Feedback.newBuilder()
                        .setEventId(withdrawn ? "withdrawal-1" : "critique-1")
                        .setInteractionId("i-1")
                        .setQuestionId("critique")
                        .setRaterId(rater)
                        .setRaterKind(RaterKind.HUMAN)
                        .setKind(FeedbackKind.CRITIQUE)
                        .setText(text)
                        .setRevises(withdrawn ? "critique-1" : null)
                        .setWithdrawn(withdrawn)
                        .setOccurredAtMs(loop.nowMs())
                        .build());
    }

    @Test
    void nobodysTextTrainsWithoutConsent() {
        begin();
        for (int i = 0; i < ITEMS; i++) {
            Stories.escalate(loop, "i-" + i);
        }
        review();
        assertThat(loop.values(Channel.JUDGMENTS, Judgment.class)).isNotEmpty();
        assertThat(loop.records(Channel.DATASET_GUARDRAIL)).isEmpty();
    }

    @Test
    void anEscalationGoesUpUntilSomebodyTakesItAndIsClosed() {
        begin();
        Stories.escalate(loop, "i-1");
        loop.pass(Duration.ofMinutes(6));
        act("i-1", action -> action.setAcknowledge(new Acknowledge("violation", "i-1")));
        act("i-1", action -> action.setResolve(new Resolve("violation", "i-1", "answer_removed")));

        List<Escalation> states = loop.values(Channel.ESCALATIONS, Escalation.class);
        assertThat(states.get(0).getState()).isEqualTo("open");
        assertThat(states).extracting(Escalation::getState).endsWith("acknowledged", "resolved");
        assertThat(states).extracting(Escalation::getInteractionId).containsOnly("i-1");
    }

    @Test
    void aCandidateThatIsNoWorsePassesItsGate() {
        begin();
        Stories.gate(loop, "math", 400, 300_000L);
        loop.pass(Duration.ofSeconds(2));
        assertThat(loop.values(Channel.GATE_VERDICTS, GateVerdict.class)).last().satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.PASS);
            assertThat(verdict.getLatched()).isTrue();
        });
    }

    private void begin() {
        begin(Stories.examplePolicy());
    }

    private void begin(Policy policy) {
        loop.send(PublicInput.POLICIES, "policy", policy);
        loop.pass(Duration.ofSeconds(1));
        for (String rater : RATERS) {
            loop.send(
                    PublicInput.RATERS,
                    rater,
                    RaterProfile.newBuilder()
                            .setEventId("profile-" + rater)
                            .setRaterId(rater)
                            .setKind(RaterKind.HUMAN)
                            .setPools(List.of("trust"))
                            .setCapacity(20)
                            .setOccurredAtMs(loop.nowMs())
                            .build());
        }
    }

    /** Raters ask for work and answer what they get, until there is nothing left to do. */
    private void review() {
        for (int round = 0; round < 12; round++) {
            for (String rater : RATERS) {
                act("trust", action -> action.setRequestTasks(new RequestTasks("trust", rater, 5)));
            }
            loop.pass(Duration.ofSeconds(5));
            for (Task task : loop.values(Channel.TASKS, Task.class)) {
                if (task.getState().equals("open") && answered.add(task.getTaskId() + task.getExpiresAtMs())) {
                    answer(task);
                }
            }
            loop.pass(Duration.ofSeconds(1));
        }
    }

    private void answer(Task task) {
        loop.send(
                PublicInput.FEEDBACK,
                task.getInteractionId(),
                Feedback.newBuilder()
                        .setEventId("feedback-" + events++)
                        .setInteractionId(task.getInteractionId())
                        .setQuestionId(task.getQuestionId())
                        .setRaterId(task.getRaterId())
                        .setRaterKind(RaterKind.HUMAN)
                        .setTaskId(task.getTaskId())
                        .setKind(FeedbackKind.LABEL)
                        .setClassName(task.getQuestionId().equals("violation") ? "violation" : "yes")
                        .setRubricVersion(task.getRubricVersion())
                        .setOccurredAtMs(loop.nowMs())
                        .build());
    }

    private void consent(String subject, ConsentKind kind) {
        loop.send(
                PublicInput.CONSENTS,
                subject,
                new Consent(
                        "consent-" + events++,
                        subject,
                        kind,
                        List.of(ConsentScope.REVIEW, ConsentScope.TRAIN, ConsentScope.RETAIN),
                        loop.nowMs(),
                        ""));
    }

    private void act(String target, UnaryOperator<Action.Builder> what) {
        Action.Builder action = Action.newBuilder()
                .setEventId("action-" + events++)
                .setTargetId(target)
                .setActor("somebody")
                .setOccurredAtMs(loop.nowMs());
        loop.send(PublicInput.ACTIONS, target, what.apply(action).build());
    }
}
