package dev.heed.calibration.pressures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.Policies;
import dev.heed.calibration.CalibrationTrial;
import dev.heed.event.Dimension;
import dev.heed.event.DriftKind;
import dev.heed.fact.PressureWatched;
import dev.heed.journal.JudgedObservation;
import dev.heed.math.Micros;
import dev.heed.out.DriftMeasure;
import dev.heed.policy.PressureRule;
import dev.heed.policy.Question;
import dev.heed.state.PressureSubject;
import dev.heed.state.PressureWatch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PressureStoryTest {
    private CalibrationTrial trial = new CalibrationTrial();
    private int judged;

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void refusalsAreCountedPerModelOnTheSlicesThatAreWatched() {
        watch(refusals().setLimitMicros(50_000));
        judge(observed("bad"));
        judge(observed("bad"));
        judge(observed("bad").setModel("tutor@2"));
        judge(observed("bad").setSlices(List.of("exam")));
        assertThat(trial.alarms()).isEmpty();
        assertThat(trial.stage().facts(PressureWatched.class)).hasSize(3);
        judge(observed("bad"));
        // Each refusal gains 19. M is 2.1875, 6.97265625, 17.4401855 of λ = 1/16, and so on; their mean is the
        // evidence.
        double mean = (17.44018555 + 53.20898438 + 228.921875 + 1278.375) / 4;
        assertThat(trial.alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.getKind()).isEqualTo(DriftKind.REFUSAL_SHORTCUT);
            assertThat(alarm.getDimension()).isEqualTo(Dimension.MODEL);
            assertThat(alarm.getSubject()).isEqualTo("tutor@1");
            assertThat(alarm.getSlices()).containsExactly("benign");
            assertThat(alarm.getEvidenceLogMicros()).isEqualTo(Micros.of(StrictMath.log1p(mean)));
            assertThat(alarm.getThresholdLogMicros()).isEqualTo(Micros.of(StrictMath.log(101)));
            assertThat(alarm.getObservations()).isEqualTo(3);
            assertThat(alarm.getMeasures()).containsExactly(new DriftMeasure("rate", 1_000_000L, 50_000L));
            assertThat(alarm.getUntilMs()).isEqualTo(60_000);
        });
        assertThat(subject(DriftKind.REFUSAL_SHORTCUT, "tutor@1").getObservations())
                .as("it begins again")
                .isZero();
    }

    @Test
    void aModelIsHeldAgainstTheVersionBeforeIt() {
        watch(refusals());
        judge(20, observed("ok"));
        // Nothing in 20: a rate above 1 − 0.01^(1/20) would show something with a probability of 99 %.
        long bound = Micros.of(1 - StrictMath.pow(0.01, 1.0 / 20));
        assertThat(limit("tutor@1")).isEqualTo(bound);
        judge(observed("ok").setModel("tutor@2"));
        assertThat(limit("tutor@2")).isEqualTo(bound);
        judge(observed("ok").setModel("other@2"));
        assertThat(limit("other@2"))
                .as("its first version is yet to be learned")
                .isZero();
        judge(20, observed("bad").setModel("tutor@2"));
        assertThat(trial.alarms()).isNotEmpty().allSatisfy(alarm -> assertThat(alarm.getSubject())
                .isEqualTo("tutor@2"));
    }

    @Test
    void rewardUpAloneIsNoAlarmAndWithJudgmentDownItIs() {
        watch(rule(DriftKind.PROXY_REWARD).setClasses(List.of("ok")).setDetectorId("reward-model"));
        judge(20, observed("ok").setRewardMicros(300_000L));
        judge(20, observed("ok").setRewardMicros(900_000L));
        judge(20, observed("bad").setRewardMicros(200_000L));
        judge(observed("bad"));
        assertThat(trial.alarms()).isEmpty();
        judge(40, observed("bad").setRewardMicros(900_000L));
        assertThat(trial.alarms()).isNotEmpty().first().satisfies(alarm -> {
            assertThat(alarm.getDimension()).isEqualTo(Dimension.QUESTION);
            assertThat(alarm.getMeasures()).extracting(DriftMeasure::getName).containsExactly("reward", "judgment");
            assertThat(alarm.getMeasures().get(0).getMeanMicros())
                    .isGreaterThan(alarm.getMeasures().get(0).getComparedMicros());
            assertThat(alarm.getMeasures().get(1).getMeanMicros())
                    .isLessThan(alarm.getMeasures().get(1).getComparedMicros());
        });
    }

    @Test
    void theTemplateThatFallsBehindIsNamed() {
        watch(rule(DriftKind.TEMPLATE_OVERFIT)
                .setClasses(List.of("ok"))
                .setMarginMicros(100_000)
                .setDimensions(List.of(Dimension.TEMPLATE)));
        for (int i = 0; i < 30; i++) {
            judge(observed("ok").setTemplate("t1"));
            judge(observed("bad").setTemplate("t2"));
            judge(observed("ok").setTemplate("t3"));
        }
        assertThat(trial.alarms()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.getDimension()).isEqualTo(Dimension.TEMPLATE);
            assertThat(alarm.getSubject()).isEqualTo("t2");
            assertThat(alarm.getMeasures()).containsExactly(new DriftMeasure("gap", 1_000_000L, 100_000L));
        });
    }

    @Test
    void anOutcomeOfTheOthersIsComparedOnce() {
        watch(rule(DriftKind.TEMPLATE_OVERFIT).setClasses(List.of("ok")).setDimensions(List.of(Dimension.TEMPLATE)));
        judge(observed("bad").setTemplate("t2"));
        judge(observed("ok").setTemplate("t1"));
        judge(5, observed("bad").setTemplate("t2"));
        assertThat(subject(DriftKind.TEMPLATE_OVERFIT, "t2").getObservations()).isEqualTo(1);
    }

    @Test
    void theSliceOnWhichPeopleDisagreeIsNamed() {
        watch(rule(DriftKind.POLICY_AMBIGUITY).setLimitMicros(700_000).setDimensions(List.of(Dimension.SLICE)));
        judge(30, observed("ok").setSlices(List.of("maths")).setPeopleAgree(true));
        judge(30, observed("ok").setSlices(List.of("poems", "school")));
        assertThat(trial.stage().facts(PressureWatched.class))
                .as("one person agrees with nobody")
                .hasSize(30);
        judge(30, observed("ok").setSlices(List.of("poems")).setPeopleAgree(false));
        assertThat(trial.alarms()).isNotEmpty().allSatisfy(alarm -> assertThat(alarm.getSubject())
                .isEqualTo("poems"));
        assertThat(trial.alarms().get(0).getMeasures()).containsExactly(new DriftMeasure("agreement", 0L, 700_000L));
    }

    @Test
    void aLabelMixThatMovesUnderOnePolicyIsFeedbackDrift() {
        watch(rule(DriftKind.FEEDBACK_DRIFT).setBaselineObservations(100));
        halfAndHalf(100, 1);
        judge(60, observed("bad"));
        assertThat(trial.alarms()).isNotEmpty().first().satisfies(alarm -> {
            assertThat(alarm.getSubject()).isEqualTo(CalibrationTrial.QUESTION);
            assertThat(alarm.getMeasures()).singleElement().satisfies(measure -> {
                assertThat(measure.getName()).isIn("ok", "bad");
            });
        });
    }

    @Test
    void aNewPolicyIsGivenABaselineOfItsOwn() {
        watch(rule(DriftKind.FEEDBACK_DRIFT));
        halfAndHalf(20, 1);
        judge(20, observed("bad").setPolicyVersion(2));
        judge(40, observed("ok").setPolicyVersion(1));
        judge(20, observed("bad").setPolicyVersion(2));
        assertThat(trial.alarms())
                .as("what was judged under the old policy comes late")
                .isEmpty();
        assertThat(watchOf(DriftKind.FEEDBACK_DRIFT).getObservations()).isEqualTo(40);
    }

    @Test
    void anotherRubricOrRuleBeginsAnewAndAnotherExpiryDoesNot() {
        PressureRule.Builder rule = refusals().setLimitMicros(500_000);
        watch(rule);
        judge(3, observed("ok"));
        publish(2, rule.setExpiryMs(5_000));
        judge(observed("ok"));
        assertThat(watchOf(DriftKind.REFUSAL_SHORTCUT).getObservations()).isEqualTo(4);
        publish(3, rule.setLimitMicros(400_000));
        judge(observed("ok"));
        assertThat(watchOf(DriftKind.REFUSAL_SHORTCUT).getObservations()).isEqualTo(1);
        judge(observed("ok").setRubricVersion("2").setPolicyVersion(4));
        judge(observed("ok").setRubricVersion("1").setPolicyVersion(3));
        assertThat(watchOf(DriftKind.REFUSAL_SHORTCUT).getObservations()).isEqualTo(1);
    }

    @Test
    void whatIsToldApartIsLimited() {
        watch(rule(DriftKind.POLICY_AMBIGUITY)
                .setLimitMicros(700_000)
                .setMaxSubjects(2)
                .setDimensions(List.of(Dimension.LANGUAGE)));
        judge(observed("ok").setLanguage("en").setPeopleAgree(true));
        judge(observed("ok").setLanguage("de").setPeopleAgree(true));
        judge(observed("ok").setLanguage("en").setPeopleAgree(true));
        judge(observed("ok").setLanguage("fr").setPeopleAgree(true));
        assertThat(watchOf(DriftKind.POLICY_AMBIGUITY).getSubjects())
                .extracting(PressureSubject::getSubject)
                .containsExactly("en", "fr");
        assertThat(trial.stage().facts(PressureWatched.class))
                .last()
                .satisfies(watched -> assertThat(watched.getDropped()).containsExactly("LANGUAGE|de"));
    }

    @Test
    void aRareItemCountsForThoseLikeItUpToTheCap() {
        watch(refusals().setLimitMicros(500_000).setMaxWeightMicros(4_000_000));
        judge(observed("bad"));
        judge(observed("ok").setPropensityMicros(500_000));
        judge(observed("ok").setPropensityMicros(100_000));
        PressureSubject subject = subject(DriftKind.REFUSAL_SHORTCUT, "tutor@1");
        assertThat(subject.getWeightMicros()).isEqualTo(7_000_000);
        assertThat(subject.getStreams().get(0).getSumMicros()).isEqualTo(1_000_000);
    }

    private void halfAndHalf(int count, int policyVersion) {
        for (int i = 0; i < count; i++) {
            judge(observed(i % 2 == 0 ? "ok" : "bad").setPolicyVersion(policyVersion));
        }
    }

    private static PressureRule.Builder refusals() {
        return rule(DriftKind.REFUSAL_SHORTCUT).setClasses(List.of("bad")).setSlices(List.of("benign"));
    }

    static PressureRule.Builder rule(DriftKind kind) {
        return PressureRule.newBuilder()
                .setKind(kind)
                .setAlphaMicros(10_000)
                .setBaselineObservations(20)
                .setExpiryMs(60_000);
    }

    private void watch(PressureRule.Builder rule) {
        trial = new CalibrationTrial(question(rule));
    }

    private void publish(int version, PressureRule.Builder rule) {
        trial.stage().send("policies", Policies.of(version, question(rule)));
    }

    static Question question(PressureRule.Builder... rules) {
        return Question.newBuilder(Policies.question(CalibrationTrial.QUESTION, CalibrationTrial.CLASSES))
                .setPressures(
                        Arrays.stream(rules).map(PressureRule.Builder::build).toList())
                .build();
    }

    static JudgedObservation.Builder observed(String className) {
        return JudgedObservation.newBuilder()
                .setInteractionId("item")
                .setQuestionId(CalibrationTrial.QUESTION)
                .setClassName(className)
                .setPropensityMicros(Micros.ONE)
                .setSlices(List.of("benign"))
                .setLanguage("en")
                .setTemplate("t1")
                .setModel("tutor@1")
                .setRubricVersion("1")
                .setPolicyVersion(1);
    }

    private void judge(int times, JudgedObservation.Builder observed) {
        for (int i = 0; i < times; i++) {
            judge(observed);
        }
    }

    private void judge(JudgedObservation.Builder observed) {
        trial.stage()
                .send(
                        CalibrationTrial.QUESTION,
                        observed.setInteractionId("item-" + judged++).build());
    }

    private PressureWatch watchOf(DriftKind kind) {
        return Objects.requireNonNull(Watches.read(trial.stage().state(), CalibrationTrial.QUESTION, kind));
    }

    private PressureSubject subject(DriftKind kind, String name) {
        return watchOf(kind).getSubjects().stream()
                .filter(each -> each.getSubject().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long limit(String model) {
        return subject(DriftKind.REFUSAL_SHORTCUT, model).getStreams().get(0).getLimitMicros();
    }
}
