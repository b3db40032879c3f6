package dev.heed.intake.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class PressureShapeTest {
    @Test
    void whatEachKindNeedsIsEnough() {
        assertThat(problems(
                        rule(DriftKind.RATER_DRIFT).setLimitMicros(800_000).build(),
                        rule(DriftKind.RUBRIC_DRIFT).setLimitMicros(800_000).build(),
                        rule(DriftKind.PROXY_REWARD)
                                .setClasses(List.of("ok"))
                                .setDetectorId("reward-1")
                                .build(),
                        rule(DriftKind.REFUSAL_SHORTCUT)
                                .setClasses(List.of("bad"))
                                .build(),
                        rule(DriftKind.TEMPLATE_OVERFIT)
                                .setClasses(List.of("ok"))
                                .setDimensions(List.of(Dimension.TEMPLATE, Dimension.LANGUAGE))
                                .build(),
                        rule(DriftKind.POLICY_AMBIGUITY)
                                .setLimitMicros(700_000)
                                .setDimensions(List.of(Dimension.SLICE))
                                .build(),
                        rule(DriftKind.FEEDBACK_DRIFT).build()))
                .isEmpty();
    }

    @Test
    void eachProblemIsNamed() {
        assertThat(problems(
                        rule(DriftKind.RATER_DRIFT)
                                .setMinConsensusMicros(300_000)
                                .setAlphaMicros(0)
                                .build(),
                        rule(DriftKind.REFUSAL_SHORTCUT)
                                .setDetectorId("reward-1")
                                .setExposureFactorMicros(500_000)
                                .build(),
                        rule(DriftKind.REFUSAL_SHORTCUT)
                                .setClasses(List.of("refused"))
                                .setDimensions(List.of(Dimension.RATER))
                                .build()))
                .containsExactly(
                        "q.pressures.kind[2]: REFUSAL_SHORTCUT (expected: no two alike)",
                        "q.pressures[0].alpha_micros: 0 (expected: 1 to 500000)",
                        "q.pressures[0].limit_micros: 0 (expected: 1 to 999999)",
                        "q.pressures[0].min_consensus_micros: 300000 (expected: 0, or 500000 to 1000000)",
                        "q.pressures[1].classes: none (expected: some, as REFUSAL_SHORTCUT counts them)",
                        "q.pressures[1].detector_id: reward-1 (expected: none)",
                        "q.pressures[1].exposure_factor_micros: 500000 (expected: 1000000 to 100000000)",
                        "q.pressures[2].classes[0]: refused (expected: one of ok, bad)",
                        "q.pressures[2].dimensions: [RATER] (expected: none)",
                        "q.pressures[2].dimensions: RATER (expected: some of [SLICE, LANGUAGE, TEMPLATE, MODEL, CLASS])");
    }

    private static List<String> problems(PressureRule... rules) {
        Question question = Question.newBuilder(Policies.question("violation", List.of("ok", "bad")))
                .setPressures(List.of(rules))
                .build();
        Problems problems = new Problems();
        new PressureShape(question, problems).check("q.");
        return problems.list();
    }

    private static PressureRule.Builder rule(DriftKind kind) {
        return PressureRule.newBuilder().setKind(kind).setAlphaMicros(1_000);
    }
}
