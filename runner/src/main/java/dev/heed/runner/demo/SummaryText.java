package dev.heed.runner.demo;

import dev.heed.guarantee.NothingLost;
import dev.heed.out.GateVerdict;
import dev.heed.out.SliceEvidence;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a demo came to, for people to read. */
final class SummaryText {
    private final DemoSummary summary;
    private final Scorecard scorecard;
    private final StringBuilder text = new StringBuilder();

    SummaryText(DemoSummary summary) {
        this.summary = summary;
        this.scorecard = summary.scorecard();
        line("");
        line(
                "StudyBuddy ran for %d s and had %,d interactions.",
                summary.settings().duration().toSeconds(), summary.interactions());
        line("");
        happened();
        quality(scorecard.quality());
        vigilance(scorecard.vigilance());
        line("Training rows           %s", counts(scorecard.rows()));
        gate();
        books();
    }

    private void happened() {
        long first = summary.firstEscalationMs();
        line("What happened");
        line(
                "  events in             %,7d   of them %d repeats and %d poison records on purpose",
                summary.books().eventsIn(), summary.repeats(), summary.poison());
        line("  escalations           %,7d   %s", scorecard.escalations(), counts(scorecard.escalationStates()));
        line(
                "    first on screen     %7s   after the start of the process",
                first < 0 ? "none" : String.format(Locale.ROOT, "%.1f s", first / 1000.0));
        line(
                "    signal to record    %7s   median; 99 %% within %s",
                ms(scorecard.escalationMs(.5)), ms(scorecard.escalationMs(.99)));
        line("  tasks handed out      %,7d", scorecard.tasks());
        line("  feedback              %,7d", scorecard.feedback());
        line("  judgments             %,7d   %s", scorecard.judgments(), String.join(", ", scorecard.questions()));
        line("");
    }

    private void quality(Quality quality) {
        line("How well, against the truth that only the simulator knows");
        line("  judgments right       %7s", percent(quality.accuracy()));
        line("  majority right        %7s   a plain count of the same human labels", percent(quality.majority()));
        line(
                "  labels per judgment   %7s",
                quality.labelsEach() == null ? "none" : String.format(Locale.ROOT, "%.2f", quality.labelsEach()));
        line(
                "  ties broken           %,7d   by seniors, asked where others left it in doubt; %d rightly",
                quality.ties(), quality.tiesRight());
        line("");
    }

    private void vigilance(Vigilance vigilance) {
        line("What the loop noticed");
        line(
                "  on call was told      %,7d   times, and %d escalations were muted",
                vigilance.notifications(), vigilance.muted());
        line(
                "  raters suspended      %,7d   of them %d rightly%s",
                vigilance.suspended().size(),
                vigilance.rightlySuspended(),
                vigilance.suspended().isEmpty() ? "" : ": " + String.join(", ", new TreeSet<>(vigilance.suspended())));
        line("  appeals decided       %7s", vigilance.appeals().isEmpty() ? "none" : counts(vigilance.appeals()));
        vigilance
                .machines()
                .forEach((machine, right) -> line("  %-32s right %.0f %% by what people say", machine, 100 * right));
        line("  drift                 %7s", vigilance.drifts().isEmpty() ? "none" : counts(vigilance.drifts()));
        vigilance.priceLines().forEach((pool, course) -> line("  price of %-13s%s", pool, course));
        line("");
    }

    private void gate() {
        GateVerdict gate = scorecard.gate();
        if (gate == null) {
            line("Release                 no verdict");
            return;
        }
        line("Release                 %s: %s (%s)", gate.getCandidateId(), scorecard.gateWord(), gate.getReason());
        for (SliceEvidence slice : gate.getSlices()) {
            line(
                    "  %-22s%-13s %d of %d clusters, evidence to pass e^%.1f, to fail e^%.1f",
                    slice.getSlice(),
                    slice.getVerdict(),
                    slice.getConsumed(),
                    slice.getAwaited(),
                    slice.getPassLogEvidenceNanos() / 1e9,
                    slice.getFailLogEvidenceNanos() / 1e9);
        }
    }

    private void books() {
        NothingLost.Account books = summary.books();
        line(
                "Books of the inputs     accepted %,d, duplicates %,d, dead letters %,d, refused by a stage later %,d",
                books.accepted(), books.duplicates(), books.deadLetters(), summary.deadLetters() - books.deadLetters());
        line("                        lost %d, duplicated %d", books.lost(), books.duplicated());
        line("Dead letters            %s", counts(summary.refusals()));
        Long peakMib = summary.peakMemoryMib();
        if (peakMib != null) {
            line("Memory at most          %d MiB", peakMib);
        }
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String ms(@Nullable Long ms) {
        return ms == null ? "none" : ms + " ms";
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "none" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private void line(String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
