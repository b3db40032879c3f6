package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.event.Action;
import dev.heed.event.Candidate;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.ConsentScope;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.Interaction;
import dev.heed.event.Message;
import dev.heed.event.RaterKind;
import dev.heed.event.Seal;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.guarantee.VersionsAreCausalCuts;
import dev.heed.intake.PublicInput;
import dev.heed.out.DatasetVersion;
import dev.heed.subjects.fanout.FanOutFeature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Seals against withdrawals that take several steps to reach everybody, over several partitions, with crashes: every seal
 * becomes a version, and none holds what was withdrawn before it.
 */
class SealLawsProperties {
    private static final byte[] SECRET = "a secret of the seals' tests".getBytes(StandardCharsets.UTF_8);
    private static final int INTERACTIONS = FanOutFeature.MAX_INTERACTIONS_PER_STEP + 16;

    private int ids;

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void noVersionHoldsWhatWasWithdrawnBeforeIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int partitions) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Stage> stages = LoopTopology.stages(SECRET);
        LoopScheduler loop = new LoopScheduler(partitions, stages, SECRET, RandomHistory.START_MS, seed, 0.1);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        say(loop, ConsentKind.GRANT);
        for (int i = 0; i < INTERACTIONS; i++) {
            judged(loop, "i" + i);
        }
        loop.runToEnd();
        long nowMs = RandomHistory.START_MS;
        int seals = 0;
        for (int i = 0; i < 24; i++) {
            switch (random.nextInt(4)) {
                case 0 -> say(loop, ConsentKind.WITHDRAW);
                case 1 -> say(loop, ConsentKind.GRANT);
                case 2 -> loop.tick(nowMs += 1_000);
                default -> {
                    seal(loop);
                    seals++;
                }
            }
            loop.run(random.nextInt(60));
        }
        for (int i = 0; i < 6; i++) {
            loop.tick(nowMs += 1_000);
            loop.runToEnd();
        }

        new VersionsAreCausalCuts().check(loop);
        new ReplayIsIdentical(stages).check(loop);
        List<LogView.Logged> versions = loop.records(Channel.DATASET_VERSIONS);
        assertThat(versions).as("every seal is a version").hasSize(seals);
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void versionsOfASubjectWhoGrantsHoldTheirRows(@ForAll @IntRange(min = 1, max = 3) int partitions) {
        LoopScheduler loop = new LoopScheduler(
                partitions, LoopTopology.stages(SECRET), SECRET, RandomHistory.START_MS, partitions, 0);
        loop.publish(PublicInput.POLICIES, "policy", RandomHistory.policy());
        loop.runToEnd();
        say(loop, ConsentKind.GRANT);
        loop.runToEnd();
        for (int i = 0; i < 10; i++) {
            judged(loop, "i" + i);
        }
        loop.runToEnd();
        seal(loop);
        loop.runToEnd();

        DatasetVersion version = (DatasetVersion) Objects.requireNonNull(
                loop.records(Channel.DATASET_VERSIONS).get(0).value());
        assertThat(version.getRows() + version.getHoldoutRows()).isEqualTo(10);
        assertThat(version.getCuts()).hasSize(partitions);
        assertThat(version.getPolicyVersions()).containsExactly(1);
    }

    private void judged(LoopScheduler loop, String item) {
        Interaction interaction = Interaction.newBuilder()
                .setEventId(id())
                .setInteractionId(item)
                .setSubjectId("s0")
                .setOccurredAtMs(RandomHistory.START_MS)
                .setPrompt(List.of(new Message("user", "question of " + item)))
                .setCandidates(List.of(Candidate.newBuilder()
                        .setCandidateId("c0")
                        .setModelId("tutor")
                        .setText("answer")
                        .build()))
                .build();
        loop.publish(PublicInput.INTERACTIONS, item, interaction);
        for (String rater : List.of("r0", "r1", "r2")) {
            Feedback label = Feedback.newBuilder()
                    .setEventId(id())
                    .setInteractionId(item)
                    .setQuestionId("violation")
                    .setRaterId(rater)
                    .setRaterKind(RaterKind.HUMAN)
                    .setKind(FeedbackKind.LABEL)
                    .setClassName("ok")
                    .setOccurredAtMs(RandomHistory.START_MS)
                    .build();
            loop.publish(PublicInput.FEEDBACK, item, label);
        }
    }

    private void say(LoopScheduler loop, ConsentKind kind) {
        Consent consent = new Consent(id(), "s0", kind, List.of(ConsentScope.TRAIN), RandomHistory.START_MS, "");
        loop.publish(PublicInput.CONSENTS, "s0", consent);
    }

    private void seal(LoopScheduler loop) {
        Action seal = Action.newBuilder()
                .setEventId(id())
                .setTargetId("guardrail")
                .setActor("trainer")
                .setOccurredAtMs(RandomHistory.START_MS)
                .setSeal(new Seal("guardrail"))
                .build();
        loop.publish(PublicInput.ACTIONS, "guardrail", seal);
    }

    private String id() {
        return "e" + ids++;
    }
}
