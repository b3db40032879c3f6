package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.event.Feedback;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.event.Signal;
import dev.heed.event.SignalKind;
import dev.heed.event.Verdict;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.NothingLost;
import dev.heed.guarantee.ReplayIsIdentical;
import dev.heed.intake.PublicInput;
import dev.heed.out.DeadLetter;
import dev.heed.out.DriftDetected;
import dev.heed.out.GateVerdict;
import dev.heed.out.TriageDecision;
import dev.heed.policy.Policy;
import dev.heed.policy.PressureRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drift on its whole way: from judgments or a monitor to the alarm, the exposure of the next item, and the gate. */
class DriftTopologyTest {
    private static final String SLICE = "age:under-10";
    // Severity of the slice in the example policy.
    private static final long SEVERITY_MICROS = 3_000_000;

    private final DriverLoop loop = new DriverLoop();

    @BeforeEach
    void aPolicyThatWatches() {
        Policy policy = Stories.examplePolicy();
        policy.getQuestions()
                .get(0)
                .setPressures(List.of(
                        rule(DriftKind.EXTERNAL).setBlocksGates(true).build(),
                        rule(DriftKind.REFUSAL_SHORTCUT)
                                .setClasses(List.of("violation"))
                                .setSlices(List.of(SLICE))
                                .setLimitMicros(50_000)
                                .build()));
        loop.send(PublicInput.POLICIES, "policy", policy);
        loop.pass(Duration.ofSeconds(1));
    }

    private static PressureRule.Builder rule(DriftKind kind) {
        return PressureRule.newBuilder()
                .setKind(kind)
                .setAlphaMicros(10_000)
                .setExposureFactorMicros(2_000_000)
                .setExpiryMs(60_000);
    }

    @AfterEach
    void everyPromiseHolds() {
        List<Guarantee> promises = List.of(
                new NothingLost(),
                new ReplayIsIdentical(
                        LoopTopology.stages(DriverLoop.settings("test").secretSeed())));
        try {
            assertThat(promises)
                    .flatExtracting(promise -> promise.breaches(loop))
                    .isEmpty();
            assertThat(loop.values(Channel.DEAD_LETTERS, DeadLetter.class)).isEmpty();
        } finally {
            loop.close();
        }
    }

    @Test
    void judgmentsThatMoveRaiseTheExposureOfWhatComesNext() {
        assertThat(exposure("before")).isEqualTo(SEVERITY_MICROS);
        for (String item : List.of("i-1", "i-2", "i-3")) {
            judge(item);
        }
        loop.pass(Duration.ofSeconds(2));
        assertThat(loop.values(Channel.DRIFT, DriftDetected.class))
                .singleElement()
                .satisfies(drift -> {
                    assertThat(drift.getKind()).isEqualTo(DriftKind.REFUSAL_SHORTCUT);
                    assertThat(drift.getDimension()).isEqualTo(Dimension.MODEL);
                    assertThat(drift.getObservations()).isEqualTo(3);
                });
        assertThat(exposure("meanwhile")).isEqualTo(2 * SEVERITY_MICROS);
        loop.pass(Duration.ofSeconds(61));
        assertThat(exposure("afterwards")).isEqualTo(SEVERITY_MICROS);
    }

    @Test
    void aMonitorsAlertOnASliceHoldsItsGateBackUntilItEnds() {
        loop.send(
                PublicInput.SIGNALS,
                SLICE,
                Signal.newBuilder()
                        .setEventId("alert")
                        .setSlice(SLICE)
                        .setKind(SignalKind.DRIFT_ALERT)
                        .setDetectorId("monitor")
                        .setOccurredAtMs(loop.nowMs())
                        .build());
        loop.pass(Duration.ofSeconds(1));
        assertThat(exposure("meanwhile")).isEqualTo(2 * SEVERITY_MICROS);
        gate();
        assertThat(loop.values(Channel.GATE_VERDICTS, GateVerdict.class)).last().satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(verdict.getLatched()).isFalse();
            assertThat(verdict.getBlockedBy()).isEqualTo("violation|EXTERNAL|SLICE|" + SLICE);
        });
        loop.pass(Duration.ofSeconds(61));
        assertThat(loop.values(Channel.GATE_VERDICTS, GateVerdict.class)).last().satisfies(verdict -> {
            assertThat(verdict.getVerdict()).isEqualTo(Verdict.PASS);
            assertThat(verdict.getLatched()).isTrue();
        });
    }

    /** Five people say that the answer is a violation, which is as many as may be asked. */
    private void judge(String item) {
        loop.send(PublicInput.INTERACTIONS, item, Stories.interaction(item, loop.nowMs()));
        for (int rater = 1; rater <= 5; rater++) {
            loop.send(
                    PublicInput.FEEDBACK,
                    item,
                    Feedback.newBuilder()
                            .setEventId("label-" + item + "-" + rater)
                            .setInteractionId(item)
                            .setQuestionId("violation")
                            .setRaterId("rater-" + rater)
                            .setRaterKind(RaterKind.HUMAN)
                            .setKind(FeedbackKind.LABEL)
                            .setClassName("violation")
                            .setOccurredAtMs(loop.nowMs())
                            .build());
        }
    }

    private void gate() {
        Stories.gate(loop, SLICE, 60, 1_000_000L);
        loop.pass(Duration.ofSeconds(1));
    }

    /** The exposure that triage finds for an item that comes now; many see it, so that it is routed somewhere. */
    private long exposure(String item) {
        loop.send(PublicInput.INTERACTIONS, item, Stories.interaction(item, loop.nowMs()));
        loop.pass(Duration.ofSeconds(1));
        return loop.values(Channel.TRIAGE, TriageDecision.class).stream()
                .filter(decision -> decision.getTriaged().getInteractionId().equals(item))
                .findFirst()
                .orElseThrow()
                .getTriaged()
                .getScores()
                .getExposureMicros();
    }
}
