package dev.heed.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.out.Escalation;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalScreenTest {
    private final StringWriter shown = new StringWriter();
    private final TerminalScreen screen = new TerminalScreen(new PrintWriter(shown), false);

    @Test
    void anEscalationSaysHowLongAfterItsSignalItWasRead() {
        screen.escalation(escalation(1_000), 1_250);
        assertThat(shown.toString()).contains("risk    1.50").contains("i-1").contains("(after 250 ms)");
    }

    @Test
    void anEscalationWithoutASignalNamesNoTime() {
        screen.escalation(escalation(0), 1_250);
        assertThat(shown.toString()).contains("(by its labels)").doesNotContain("ms)");
    }

    private static Escalation escalation(long noticedAtMs) {
        Escalation escalation = new Escalation();
        escalation.setInteractionId("i-1");
        escalation.setQuestionId("violation");
        escalation.setLevel("on-call");
        escalation.setRiskMicros(1_500_000);
        escalation.setNoticedAtMs(noticedAtMs);
        return escalation;
    }
}
