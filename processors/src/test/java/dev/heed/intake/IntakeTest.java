package dev.heed.intake;

import static dev.heed.intake.IntakeTrial.letter;
import static dev.heed.intake.IntakeTrial.to;
import static dev.heed.intake.Samples.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.StageRunner;
import dev.heed.event.Action;
import dev.heed.event.Coordinates;
import dev.heed.event.Dataset;
import dev.heed.event.Evaluation;
import dev.heed.event.GateOverride;
import dev.heed.event.Gold;
import dev.heed.event.Interaction;
import dev.heed.event.LabelMatcher;
import dev.heed.event.Seal;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.event.Silence;
import dev.heed.event.Verdict;
import dev.heed.fact.IntakeFact;
import dev.heed.intake.Intake.End;
import dev.heed.intake.Intake.Outcome;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.InteractionAccepted;
import dev.heed.journal.ItemsEvent;
import dev.heed.journal.QueuesEvent;
import dev.heed.journal.SealRequested;
import dev.heed.journal.SubjectsEvent;
import dev.heed.journal.Tick;
import dev.heed.out.Content;
import dev.heed.out.DeadLetter;
import dev.heed.policy.StageLevel;
import dev.heed.state.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final IntakeTrial trial = new IntakeTrial();

    @Test
    void anInteractionLeavesItsTextBehind() {
        Outcome outcome = trial.receive(PublicInput.INTERACTIONS, "i-1", Samples.interaction());

        assertThat(outcome.end()).isEqualTo(End.ACCEPTED);
        ItemsEvent journal = (ItemsEvent) value(Channel.ITEMS_JOURNAL, outcome);
        assertThat(journal.getSource()).isEqualTo(new Coordinates("interactions", 0, 0L));
        InteractionAccepted accepted = journal.getInteraction();
        assertThat(accepted.getSlices()).containsExactly("age:under-10", "math");
        assertThat(accepted.getPromptPart().getContentKey()).isEqualTo("i-1|prompt");
        assertThat(accepted.getCandidates().get(0).getPart().getContentKey()).isEqualTo("i-1|candidate|a");
        assertThat(accepted.getSubject()).hasSize(64).doesNotContain("child");
        assertThat(to(Channel.CONTENTS, outcome))
                .extracting(Outgoing::key, Outgoing::partitionKey)
                .containsExactly(
                        tuple("i-1|prompt", "i-1"), tuple("i-1|candidate|a", "i-1"), tuple("i-1|candidate|b", "i-1"));
        assertThat(text(to(Channel.CONTENTS, outcome).get(0)))
                .isEqualTo("[{\"role\":\"system\",\"content\":\"Help.\"},"
                        + "{\"role\":\"user\",\"content\":\"What is 2 + 2?  " + Samples.CANARY + "\"}]");
    }

    @Test
    void theConsentLedgerHearsOfAnInteractionUnderThePseudonymThatConsentsUse() {
        Outcome interaction = trial.receive(PublicInput.INTERACTIONS, "i-1", Samples.interaction());
        Outcome consent = trial.receive(PublicInput.CONSENTS, "child-" + Samples.CANARY, Samples.consent());

        SubjectsEvent registered = (SubjectsEvent) value(Channel.SUBJECTS_JOURNAL, interaction);
        SubjectsEvent consented = (SubjectsEvent) value(Channel.SUBJECTS_JOURNAL, consent);
        assertThat(registered.getRegistered().getSubject())
                .isEqualTo(consented.getConsent().getSubject());
        assertThat(to(Channel.SUBJECTS_JOURNAL, interaction).get(0).key())
                .isEqualTo(to(Channel.SUBJECTS_JOURNAL, consent).get(0).key());
    }

    @Test
    void promptsThatDifferInCaseAndSpaceAreOneCluster() {
        Interaction other = Samples.interaction();
        other.setEventId("e-2");
        other.setInteractionId("i-2");
        other.getPrompt().get(1).setContent(" what IS\n2 + 2? " + Samples.CANARY);
        assertThat(features(trial.receive(PublicInput.INTERACTIONS, "i-2", other))
                        .getPromptCluster())
                .isEqualTo(features(trial.receive(PublicInput.INTERACTIONS, "i-1", Samples.interaction()))
                        .getPromptCluster());
    }

    @Test
    void similarityFollowsTheProducersEmbeddingWhereThereIsOne() {
        Interaction first = Samples.interaction();
        first.setEmbedding(List.of(1f, -2f, 3f));
        Interaction second = Samples.interaction();
        second.setEventId("e-2");
        second.setEmbedding(List.of(2f, -4f, 6f));
        second.getPrompt().get(1).setContent("quite another matter");
        assertThat(features(trial.receive(PublicInput.INTERACTIONS, "i-1", first))
                        .getSimhash())
                .isEqualTo(features(trial.receive(PublicInput.INTERACTIONS, "i-1", second))
                        .getSimhash());
    }

    @Test
    void aRepeatIsSwallowedAndSaidSo() {
        trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback());
        Outcome again = trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback());
        Outcome third = trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback());

        assertThat(again.end()).isEqualTo(End.DUPLICATE);
        assertThat(again.outgoing()).hasSize(1);
        IntakeFact fact = (IntakeFact) value(Channel.INTAKE_FACTS, again);
        assertThat(fact.getDuplicate().getEventId()).isEqualTo("f-1");
        assertThat(fact.getSource()).isEqualTo(new Coordinates("feedback", 0, 1L));
        assertThat(again.outgoing().get(0).destination()).isEqualTo(Destination.OWN_PARTITION);
        assertThat(third.end()).isEqualTo(End.DUPLICATE);
    }

    @Test
    void anIdWithOtherContentIsNoRepeat() {
        trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback());
        var changed = Samples.feedback();
        changed.setText("Five");
        DeadLetter letter = letter(trial.receive(PublicInput.FEEDBACK, "i-1", changed));

        assertThat(letter.getReasonCode()).isEqualTo("event_id_reused");
        assertThat(letter.getContentKey()).isEqualTo("i-1|dead|feedback-0-1");
        assertThat(trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback())
                        .end())
                .as("the first still stands")
                .isEqualTo(End.DUPLICATE);
    }

    @Test
    void aPromptThatWouldNotFitOnceWrittenIsRefused() {
        Interaction bulky = Samples.interaction();
        bulky.getPrompt().get(1).setContent("\u0001".repeat(400_000));
        assertThat(letter(trial.receive(PublicInput.INTERACTIONS, "i-1", bulky)).getReason())
                .matches("prompt: 24\\d{5} bytes as JSON \\(expected: at most 1500000\\)");
    }

    @Test
    void aRefusedEventMayComeAgainPutRight() {
        var bad = Samples.feedback();
        bad.setRaterId("");
        assertThat(trial.receive(PublicInput.FEEDBACK, "i-1", bad).end()).isEqualTo(End.DEAD_LETTER);
        assertThat(trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback())
                        .end())
                .isEqualTo(End.ACCEPTED);
    }

    @Test
    void oneIdOnTwoInputsIsTwoEvents() {
        var signal = Samples.signal();
        signal.setEventId("f-1");
        trial.receive(PublicInput.FEEDBACK, "i-1", Samples.feedback());
        assertThat(trial.receive(PublicInput.SIGNALS, "i-1", signal).end()).isEqualTo(End.ACCEPTED);
    }

    @Test
    void aRefusedEventKeepsItsBytesApart() {
        var bad = Samples.feedback();
        bad.setOccurredAtMs(NOW_MS + 300_001);
        bad.setRaterId("a|b");
        byte[] bytes = IntakeTrial.bytes(PublicInput.FEEDBACK, bad);
        Outcome outcome = trial.receive(PublicInput.FEEDBACK, "i-2", bytes);

        DeadLetter letter = letter(outcome);
        assertThat(letter.getReason())
                .isEqualTo("rater_id: a|b (expected: 1 to 200 characters, no control character, no '|'); "
                        + "key: i-2 (expected: interaction_id, i-1); "
                        + "occurred_at_ms: 1700000300001 (expected: 1 to 1700000300000, at most 300000 ms ahead)");
        assertThat(letter.getBytes()).isNull();
        Outgoing content = to(Channel.CONTENTS, outcome).get(0);
        assertThat(content.key()).isEqualTo(letter.getContentKey()).isEqualTo("i-1|dead|feedback-0-0");
        assertThat(((Content) Objects.requireNonNull(content.value()))
                        .getBytes()
                        .array())
                .isEqualTo(bytes);
        assertThat(to(Channel.ITEMS_JOURNAL, outcome)).isEmpty();
    }

    @Test
    void bytesThatAreNoEventGoIntoTheLetter() {
        byte[] json = "{\"event_id\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = letter(trial.receive(PublicInput.SIGNALS, "i-1", json));
        assertThat(letter.getReasonCode()).isEqualTo("undecodable");
        assertThat(letter.getReason()).contains("looks like JSON", "expected: 0x00, then a 4-byte schema id");
        assertThat(letter.getBytes().array()).isEqualTo(json);
        assertThat(letter.getContentKey()).isNull();

        byte[] signal = IntakeTrial.bytes(PublicInput.SIGNALS, Samples.signal());
        byte[] cut = Arrays.copyOf(signal, signal.length - 4);
        assertThat(letter(trial.receive(PublicInput.SIGNALS, "i-1", cut)).getReasonCode())
                .isEqualTo("undecodable");
        assertThat(letter(trial.receive(PublicInput.SIGNALS, "i-1", (byte[]) null))
                        .getReason())
                .isEqualTo("value: none (expected: dev.heed.event.Signal)");
        assertThat(letter(trial.receive(
                                PublicInput.SIGNALS, "i-1", IntakeTrial.bytes(PublicInput.RATERS, Samples.rater())))
                        .getReason())
                .isEqualTo("value: dev.heed.event.RaterProfile (expected: dev.heed.event.Signal)");
    }

    @Test
    void aRecordThatIsTooLargeToLookAtIsKeptInPartWhereTextIsKept() {
        Outcome outcome = trial.receive(PublicInput.SIGNALS, "i-1", new byte[1_000_001]);
        DeadLetter large = letter(outcome);
        assertThat(large.getReasonCode()).isEqualTo("too_large");
        assertThat(large.getBytes()).isNull();
        Outgoing sample = to(Channel.CONTENTS, outcome).get(0);
        assertThat(sample.key()).isEqualTo(large.getContentKey());
        assertThat(((Content) Objects.requireNonNull(sample.value())).getBytes().remaining())
                .isEqualTo(Refusals.MAX_SAMPLE_BYTES);
    }

    @Test
    void actionsGoToTheStageTheyConcern() {
        assertThat(trial.receive(PublicInput.ACTIONS, "pool", Samples.action()).outgoing())
                .extracting(Outgoing::channel, Outgoing::key)
                .containsExactly(tuple(Channel.QUEUES_JOURNAL, "pool"));
        assertThat(route("a-2", "i-1", builder -> builder.setGold(new Gold("i-1", "violation", "ok", ""))))
                .isEqualTo(Channel.ITEMS_JOURNAL);
        assertThat(route("a-4", "c", builder -> builder.setOverride(new GateOverride("c", Verdict.PASS, "why"))))
                .isEqualTo(Channel.GATES_JOURNAL);
    }

    @Test
    void aSealGoesToEachPartitionOfSubjectsWithItsNumber() {
        Action seal = Samples.action();
        seal.setRequestTasks(null);
        seal.setTargetId("sft");
        seal.setSeal(new Seal("sft"));

        Outcome outcome = trial.receive(PublicInput.ACTIONS, "sft", seal);

        assertThat(to(Channel.SUBJECTS_JOURNAL, outcome))
                .extracting(Outgoing::destination, Outgoing::partitionKey)
                .containsExactly(tuple(Destination.EXACT_PARTITION, "0"), tuple(Destination.EXACT_PARTITION, "1"));
        assertThat(to(Channel.SUBJECTS_JOURNAL, outcome))
                .extracting(each -> ((SubjectsEvent) Objects.requireNonNull(each.value())).getSeal())
                .containsExactly(
                        new SealRequested(seal.getEventId(), seal.getActor(), Dataset.SFT, 0L, 0, 2),
                        new SealRequested(seal.getEventId(), seal.getActor(), Dataset.SFT, 0L, 1, 2));
    }

    @Test
    void aSealOfNoDatasetIsRefused() {
        Action seal = Samples.action();
        seal.setRequestTasks(null);
        seal.setTargetId("everything");
        seal.setSeal(new Seal("everything"));

        assertThat(letter(trial.receive(PublicInput.ACTIONS, "everything", seal))
                        .getReason())
                .isEqualTo("seal.dataset: everything (expected: one of preference, sft, binary, critique, guardrail)");
    }

    @Test
    void anActionAsksExactlyOneThingOfItsOwnTarget() {
        var both = Samples.action();
        both.setSeal(new Seal("sft"));
        assertThat(letter(trial.receive(PublicInput.ACTIONS, "pool", both)).getReason())
                .isEqualTo("seal.dataset: sft (expected: target_id, pool); "
                        + "action: request_tasks and seal (expected: exactly one)");
    }

    @Test
    void whatMutesEscalationsGoesToEveryPartitionOfItems() {
        Silence silence = new Silence(
                "s-1", List.of(new LabelMatcher("slice:topic", List.of("topic:math"))), NOW_MS + 1, "exam week");
        Action.Builder action = Action.newBuilder()
                .setEventId("a-5")
                .setTargetId("s-1")
                .setActor("ops")
                .setOccurredAtMs(NOW_MS)
                .setSilence(silence);
        assertThat(trial.receive(PublicInput.ACTIONS, "s-1", action.build()).outgoing())
                .extracting(Outgoing::channel, Outgoing::destination)
                .containsExactly(tuple(Channel.ITEMS_JOURNAL, Destination.ALL_PARTITIONS));

        action.setEventId("a-6")
                .setSilence(new Silence(
                        "s-2",
                        List.of(new LabelMatcher("topic", List.of()), new LabelMatcher("slice:", List.of("a"))),
                        0L,
                        " "));
        assertThat(letter(trial.receive(PublicInput.ACTIONS, "s-1", action.build()))
                        .getReason())
                .isEqualTo("silence.matchers[0].label: topic (expected: one of interaction, question, level, model,"
                        + " subject, language, slice, or slice:NAME); "
                        + "silence.matchers[0].values: 0 entries (expected: 1 to 100); "
                        + "silence.matchers[1].label: slice: (expected: one of interaction, question, level, model,"
                        + " subject, language, slice, or slice:NAME); "
                        + "silence.until_ms: 0 (expected: 1 to " + Long.MAX_VALUE + "); "
                        + "silence.comment: empty (expected: why); "
                        + "silence.silence_id: s-2 (expected: target_id, s-1)");

        action.setEventId("a-7").setSilence(new Silence("s-1", List.of(), NOW_MS + 1, "all of it"));
        assertThat(letter(trial.receive(PublicInput.ACTIONS, "s-1", action.build()))
                        .getReason())
                .isEqualTo("silence.matchers: 0 entries (expected: 1 to 20)");
    }

    @Test
    void evaluationsGoToTheirCandidate() {
        Outcome plan = trial.receive(PublicInput.EVALUATIONS, "tutor-4", Samples.plan());
        Outcome result = trial.receive(PublicInput.EVALUATIONS, "tutor-4", Samples.result());
        assertThat(((GatesEvent) value(Channel.GATES_JOURNAL, plan)).getPlan()).isNotNull();
        assertThat(((GatesEvent) value(Channel.GATES_JOURNAL, result)).getResult())
                .isNotNull();
        var neither = new Evaluation(null, null);
        assertThat(letter(trial.receive(PublicInput.EVALUATIONS, "tutor-4", neither))
                        .getReason())
                .isEqualTo("plan and result: neither (expected: exactly one)");
    }

    @Test
    void ratersAndPoliciesGoToEveryPartitionThatNeedsThem() {
        Outcome rater = trial.receive(PublicInput.RATERS, "r-1", Samples.rater());
        assertThat(rater.outgoing())
                .extracting(Outgoing::channel)
                .containsExactly(Channel.ITEMS_JOURNAL, Channel.QUEUES_JOURNAL, Channel.CALIBRATION_JOURNAL);
        Outcome policy = trial.receive(PublicInput.POLICIES, "policy", Samples.policy());
        assertThat(policy.outgoing()).hasSize(6);
        assertThat(List.of(rater, policy))
                .flatMap(Outcome::outgoing)
                .extracting(Outgoing::destination)
                .containsOnly(Destination.ALL_PARTITIONS);
        assertThat(((QueuesEvent) value(Channel.QUEUES_JOURNAL, policy))
                        .getPolicy()
                        .getPolicyVersion())
                .isEqualTo(1);
        var second = Samples.policy();
        second.setEventId("policy-2");
        second.setPolicyVersion(2);
        assertThat(trial.receive(PublicInput.POLICIES, "2", second).end()).isEqualTo(End.ACCEPTED);
    }

    @Test
    void aSecondPolicyUnderAVersionIsOneDeadLetterAndTheSameAgainADuplicate() {
        trial.receive(PublicInput.POLICIES, "policy", Samples.policy());
        var other = Samples.policy();
        other.setEventId("policy-other");
        other.setName("another");
        DeadLetter letter = letter(trial.receive(PublicInput.POLICIES, "policy", other));
        assertThat(letter.getReasonCode()).isEqualTo("policy_version_taken");
        assertThat(letter.getReason())
                .startsWith("policy_version: " + other.getPolicyVersion() + " is that of another");
        var again = Samples.policy();
        again.setEventId("policy-again");
        assertThat(trial.receive(PublicInput.POLICIES, "policy", again).end()).isEqualTo(End.DUPLICATE);
    }

    @Test
    void aPolicyThatAStageCouldNotActOnIsRefusedWithEveryProblem() {
        var policy = Samples.policy();
        policy.getPools().get(0).setBudgetPerHour(-3);
        policy.getQuestions().get(0).setPool("nowhere");
        policy.getQuestions().get(0).getLoss().get(1).setLossesMicros(List.of(1L));
        policy.setDecisionLevels(List.of(new StageLevel("items", 3), new StageLevel("itmes", 1)));
        assertThat(letter(trial.receive(PublicInput.POLICIES, "policy", policy)).getReason())
                .contains("pools[0].budget_per_hour: -3 (expected: 1 to 10000000)")
                .contains("questions[0].pool: nowhere (expected: one of pools: pool)")
                .contains("questions[0].loss.violation: 1 losses (expected: 2, one for each class)")
                .contains("decision_levels[0].level: 3 (expected: 1 to 2)")
                .contains("decision_levels[1].stage: itmes (expected: one of items, queues)");
    }

    @Test
    void aSignalMayBeAboutASlice() {
        Signal drift = Signal.newBuilder()
                .setEventId("s-9")
                .setSlice("math")
                .setKind(SignalKind.DRIFT_ALERT)
                .setDetectorId("monitor")
                .setOccurredAtMs(NOW_MS)
                .build();
        Outcome outcome = trial.receive(PublicInput.SIGNALS, "math", drift);
        assertThat(outcome.outgoing())
                .extracting(Outgoing::channel, Outgoing::key)
                .containsExactly(tuple(Channel.ITEMS_JOURNAL, "math"));
    }

    @Test
    void timeOnlyGoesForward() {
        List<Outgoing> first = trial.intake.tick(trial.state, NOW_MS + 1_000);
        assertThat(first).hasSize(6).extracting(Outgoing::destination).containsOnly(Destination.OWN_PARTITION);
        assertThat(((ItemsEvent) Objects.requireNonNull(first.get(0).value())).getTick())
                .isEqualTo(new Tick(NOW_MS + 1_000));
        assertThat(trial.intake.tick(trial.state, NOW_MS))
                .as("a clock set back")
                .isEmpty();
        assertThat(trial.intake.nowMs(trial.state)).isEqualTo(NOW_MS + 1_000);
        var ahead = Samples.rater();
        ahead.setOccurredAtMs(NOW_MS + 301_000);
        assertThat(trial.receive(PublicInput.RATERS, "r-1", ahead).end()).isEqualTo(End.ACCEPTED);
    }

    @Test
    void aTickGoesBeforeTheFirstRecordOfATaskWhateverBecomesOfIt() {
        for (byte[] value : List.of(IntakeTrial.bytes(PublicInput.RATERS, Samples.rater()), new byte[] {1})) {
            IntakeTrial fresh = new IntakeTrial(new MemoryState());
            Outcome first = fresh.receive(PublicInput.RATERS, "r-1", value);
            assertThat(first.outgoing()).hasSizeGreaterThan(5);
            assertThat(first.outgoing().subList(0, 5))
                    .extracting(Outgoing::destination)
                    .containsOnly(Destination.OWN_PARTITION);
            assertThat(((ItemsEvent) Objects.requireNonNull(
                                    first.outgoing().get(0).value()))
                            .getTick())
                    .isEqualTo(new Tick(NOW_MS));
            assertThat(fresh.receive(PublicInput.RATERS, "r-1", value).outgoing())
                    .as("the second")
                    .hasSize(1);
        }
    }

    @Test
    void aTaskThatStartsLaterFirstLetsTheTimePass() {
        MemoryState left = new MemoryState();
        left.put(StageRunner.CLOCK_KEY, new Clock(NOW_MS - 3_600_000));
        Outcome first = new IntakeTrial(left).receive(PublicInput.RATERS, "r-1", Samples.rater());
        assertThat(((ItemsEvent) Objects.requireNonNull(first.outgoing().get(0).value())).getTick())
                .isEqualTo(new Tick(NOW_MS));
    }

    private Channel route(String eventId, String target, UnaryOperator<Action.Builder> action) {
        Action.Builder builder = Action.newBuilder()
                .setEventId(eventId)
                .setTargetId(target)
                .setActor("ops")
                .setOccurredAtMs(NOW_MS);
        Outcome outcome =
                trial.receive(PublicInput.ACTIONS, target, action.apply(builder).build());
        assertThat(outcome.end()).isEqualTo(End.ACCEPTED);
        return outcome.outgoing().get(0).channel();
    }

    private static InteractionAccepted features(Outcome outcome) {
        return ((ItemsEvent) value(Channel.ITEMS_JOURNAL, outcome)).getInteraction();
    }

    private static Object value(Channel channel, Outcome outcome) {
        return Objects.requireNonNull(to(channel, outcome).get(0).value());
    }

    private static String text(Outgoing content) {
        return new String(
                ((Content) Objects.requireNonNull(content.value())).getBytes().array(), StandardCharsets.UTF_8);
    }
}
