package dev.heed.topology.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heed.event.FeedbackKind;
import dev.heed.policy.Policy;
import dev.heed.policy.Weekday;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
    private static final String EXAMPLE = example();

    @Test
    void theExampleIsAValidPolicy() throws PolicyInvalid {
        Policy policy = PolicyFile.parse("example.yaml", EXAMPLE, 7L);

        assertThat(policy.getPolicyVersion()).isEqualTo(1);
        assertThat(policy.getOccurredAtMs()).isEqualTo(7L);
        assertThat(policy.getExplorationMicros()).isEqualTo(50_000);
        assertThat(policy.getNoveltyHalfLifeMs()).isEqualTo(3_600_000);
        assertThat(policy.getQuestions().get(0).getKind()).isEqualTo(FeedbackKind.LABEL);
        assertThat(policy.getQuestions().get(0).getLoss().get(0).getLossesMicros())
                .containsExactly(0L, 20_000_000L);
        assertThat(policy.getMaxParked()).as("the schema's default").isEqualTo(64);
    }

    @Test
    void everyPolicyThatShipsIsValid() throws IOException, PolicyInvalid {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("heed.root"), "deploy/policies"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                assertThat(PolicyFile.parse(file.toString(), Files.readString(file), 1L)
                                .getQuestions())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void everyProblemIsNamedByItsPath() {
        String broken = EXAMPLE.replace("budget_per_hour: 600", "budget_per_hour: -3")
                .replace("exploration: 0.05", "exploration: 2")
                .replace("pool: trust\n    rubric", "pool: nobody\n    rubric");

        assertThat(problems(broken))
                .containsExactlyInAnyOrder(
                        "pools[0].budget_per_hour: -3 (expected: 1 to 10000000)",
                        "exploration: 2 (expected: 0 to 1)",
                        "questions[0].pool: nobody (expected: one of pools: trust)");
    }

    @Test
    void numbersAreNamedAsTheFileHasThem() {
        String broken = EXAMPLE.replaceFirst("lease: \\w+", "lease: 0s")
                .replaceFirst("label_cost: [0-9.]+", "label_cost: -0.05")
                .replaceFirst("violation: 20", "violation: 2000")
                .replaceFirst("risk_threshold: [0-9.]+", "risk_threshold: 70.5");

        assertThat(problems(broken))
                .hasSize(4)
                .contains("pools[0].lease: 0s (expected: 1ms to 3650d)")
                .contains("questions[0].label_cost: -0.05 (expected: 0 to 1000)")
                .anyMatch(each ->
                        each.matches("questions\\[0\\]\\.loss\\.\\w+\\.violation: 2000 \\(expected: 0 to 1000\\)"))
                .anyMatch(each -> each.startsWith("escalation_levels[1].risk_threshold: ")
                        && each.endsWith(" (expected: > 70.5, the level before)"));
    }

    @Test
    void aKeyThatNobodyReadsIsAProblem() {
        assertThat(problems(EXAMPLE.replace("min_raters: 2", "min_rater: 2")))
                .anyMatch(each -> each.startsWith("questions[0].min_rater: unknown key (expected: one of question_id,"))
                .anyMatch(each -> each.startsWith("questions[0].min_raters: missing (expected: Fewest counted"));
    }

    @Test
    void numbersAndDurationsSayWhatTheyExpect() {
        assertThat(problems(EXAMPLE.replace("lease: 10m", "lease: 10 minutes")
                        .replace("label_cost: 0.05", "label_cost: 0.00000005")))
                .anyMatch(each -> each.startsWith(
                        "pools[0].lease: 10 minutes (expected: a duration such as 500ms, 90s, 15m, 2h or 1d;"))
                .anyMatch(each ->
                        each.startsWith("questions[0].label_cost: 5E-8 (expected: a number with at most 6 decimals;"));
    }

    @Test
    void aLossMatrixNamesEveryClassOnce() {
        assertThat(problems(EXAMPLE.replace("leave: {ok: 0, violation: 20}", "leave: {ok: 0, harm: 20}")))
                .anyMatch(each -> each.startsWith("questions[0].loss.leave.violation: missing"))
                .anyMatch(each -> each.startsWith("questions[0].loss.leave.harm: not a class of the question"));
    }

    @Test
    void escalationIsSetAndChecked() throws PolicyInvalid {
        String set = EXAMPLE.replaceFirst("(?s)escalation_levels:.*?\ndetectors", Matcher.quoteReplacement("""
            escalation_levels:
              - name: office
                risk_threshold: 6.5
                ack_timeout: 5m
                resolve_below: 5
                hours: [{days: [mon, fri], from: 9h, to: 17h, utc_offset: "+05:30"}]
                skip_off_hours: true
              - {name: lead, risk_threshold: 60, ack_timeout: 15m, ack_hold: 1h, critical: true}
            escalation:
              group_by: [question, "slice:topic"]
              group_wait: 30s
              inhibit:
                - name: same-topic
                  source: [{label: level, values: [lead]}]
                  target: [{label: level, values: [office]}]
                  equal: ["slice:topic"]
            detectors\
            """));
        Policy policy = PolicyFile.parse("test.yaml", set, 0);
        assertThat(policy.getEscalationLevels().get(0).getHours().get(0).getDays())
                .containsExactly(Weekday.MON, Weekday.FRI);
        assertThat(policy.getEscalationLevels().get(0).getHours().get(0).getFromMs())
                .isEqualTo(9 * 3_600_000L);
        assertThat(policy.getEscalationLevels().get(1).getRepeatLimit()).isEqualTo(12);
        assertThat(policy.getEscalation().getGroupWaitMs()).isEqualTo(30_000);
        assertThat(policy.getEscalation().getMaxSilenceMs()).isEqualTo(30 * 86_400_000L);

        String broken = set.replace("to: 17h", "to: 8h")
                .replace("+05:30", "CET")
                .replace("resolve_below: 5", "resolve_below: 7")
                .replace("skip_off_hours: true", "critical: true")
                .replace(
                        "critical: true}",
                        "critical: false, hours: [{days: [], from: 0s, to: 1h}], skip_off_hours: true}")
                .replace("label: level, values: [lead]", "label: rank, values: []");
        assertThat(problems(broken))
                .containsExactly(
                        "escalation_levels[0].resolve_below: 7 (expected: 0, as a person closes what is critical)",
                        "escalation_levels[0].hours[0].to: 28800s (expected: after from, at most 24 hours)",
                        "escalation_levels[0].hours[0].utc_offset: CET (expected: +HH:MM or -HH:MM, at most 14 hours)",
                        "escalation_levels[0].skip_off_hours: false (expected: true, as what is critical does not"
                                + " wait)",
                        "escalation_levels[1].hours[0].days: 0 entries (expected: 1 to 7)",
                        "escalation_levels[1].skip_off_hours: true (expected: false, as there is no next level)",
                        "escalation_levels[1].critical: false (expected: true, as the level before is critical)",
                        "escalation.inhibit[0].source[0].label: rank (expected: one of interaction, question, level,"
                                + " model, subject, language, slice, or slice:NAME)",
                        "escalation.inhibit[0].source[0].values: 0 entries (expected: 1 to 100)");
    }

    @Test
    void whatIsNotYamlIsSaidWithItsLine() {
        assertThat(problems("policy_version: 1\nname: ["))
                .singleElement()
                .asString()
                .startsWith("line ");
        assertThat(problems("")).singleElement().asString().contains("expected: policy_version");
        assertThat(problems("name: a\nname: b")).singleElement().asString().contains("Duplicate");
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(PolicyInvalid.class, () -> PolicyFile.parse("test.yaml", yaml, 0))
                .problems();
    }

    private static String example() {
        try {
            return Files.readString(Path.of(System.getProperty("heed.root"), "deploy/policies/example.yaml"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
