package dev.heed.calibration.pressures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.journal.JudgedObservation;
import dev.heed.policy.PressureRule;
import dev.heed.state.PressureWatch;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the pressure tests over any history of judgments. */
class PressureProperties {
    private static final int MAX_SUBJECTS = 3;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void stateIsBoundedAndHistoryReplays(@ForAll("histories") List<JudgedObservation> history) {
        CalibrationTrial trial = new CalibrationTrial(PressureStoryTest.question(
                rule(DriftKind.REFUSAL_SHORTCUT).setClasses(List.of("bad")),
                rule(DriftKind.PROXY_REWARD).setClasses(List.of("ok")).setDetectorId("reward-model"),
                rule(DriftKind.TEMPLATE_OVERFIT)
                        .setClasses(List.of("ok"))
                        .setDimensions(List.of(Dimension.TEMPLATE, Dimension.SLICE)),
                rule(DriftKind.POLICY_AMBIGUITY)
                        .setLimitMicros(700_000)
                        .setDimensions(List.of(Dimension.CLASS, Dimension.LANGUAGE)),
                rule(DriftKind.FEEDBACK_DRIFT)));
        history.forEach(judged -> trial.stage().send(CalibrationTrial.QUESTION, judged));
        for (DriftKind kind : DriftKind.values()) {
            PressureWatch watch = Watches.read(trial.stage().state(), CalibrationTrial.QUESTION, kind);
            if (watch != null) {
                assertThat(watch.getSubjects()).hasSizeLessThanOrEqualTo(MAX_SUBJECTS);
                assertThat(watch.getSubjects()).extracting(Watches::name).doesNotHaveDuplicates();
                assertThat(watch.getSubjects()).allSatisfy(subject -> assertThat(subject.getLastSeen())
                        .isBetween(1L, watch.getObservations()));
            }
        }
        assertThat(trial.alarms()).allSatisfy(alarm -> assertThat(alarm.getEvidenceLogMicros())
                .isGreaterThanOrEqualTo(alarm.getThresholdLogMicros()));
        trial.check();
    }

    private static PressureRule.Builder rule(DriftKind kind) {
        return PressureStoryTest.rule(kind)
                .setBaselineObservations(20)
                .setMaxWeightMicros(3_000_000)
                .setMaxSubjects(MAX_SUBJECTS);
    }

    @Provide
    Arbitrary<List<JudgedObservation>> histories() {
        return Combinators.combine(
                        Arbitraries.of("ok", "bad"),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.of(true, false).injectNull(0.3),
                        Arbitraries.integers().between(1, 60).map(each -> 1 + each / 58))
                .as((said, name, language, reward, agree, version) -> PressureStoryTest.observed(said)
                        .setTemplate("t" + name)
                        .setModel("tutor@" + name / 2)
                        .setLanguage(language == 0 ? "" : "l" + language)
                        .setSlices(name == 0 ? List.of() : List.of("s" + language, "u" + name))
                        .setRewardMicros(reward > 900_000 ? null : reward)
                        .setPropensityMicros(Math.max(1, reward))
                        .setPeopleAgree(agree)
                        .setPolicyVersion(version)
                        .build())
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }
}
