package dev.heed.runner.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.guarantee.NothingLost;
import dev.heed.out.GateVerdict;
import dev.heed.out.SliceEvidence;
import dev.heed.simulator.Publication;
import dev.heed.simulator.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a demo came to.
 *
 * @param refusals inputs that intake or a stage refused, by stage and reason
 * @param firstEscalationMs from the start of the process to the first escalation read; -1 for none
 * @param totalMs from the start of the process to the end of the run
 * @param peakMemoryMib most memory the process held, as the system counts it; null where it does not say
 */
record DemoSummary(
        DemoSettings settings,
        int interactions,
        Scorecard scorecard,
        NothingLost.Account books,
        Map<String, Integer> refusals,
        long poison,
        long repeats,
        long firstEscalationMs,
        long totalMs,
        @Nullable Long peakMemoryMib) {

    static DemoSummary of(
            DemoSettings settings,
            Script script,
            Scorecard scorecard,
            Watcher watcher,
            Publisher publisher,
            long firstEscalationMs,
            long totalMs) {
        return new DemoSummary(
                settings,
                script.encounters(),
                scorecard,
                watcher.books(),
                watcher.refusals(),
                publisher.published(Publication.Sort.POISON),
                publisher.published(Publication.Sort.DUPLICATE),
                firstEscalationMs,
                totalMs,
                measuredPeakMib());
    }

    /** True when the books balance. */
    boolean balances() {
        return books.lost() == 0 && books.duplicated() == 0;
    }

    /** Inputs that intake or a stage refused. */
    int deadLetters() {
        return refusals.values().stream().mapToInt(Integer::intValue).sum();
    }

    ObjectNode json() {
        Scorecard.Quality quality = scorecard.quality();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("seed", settings.seed());
        json.put("seconds", settings.duration().toMillis() / 1000.0);
        json.put("interactions", interactions);
        json.put("events_in", books.eventsIn());
        json.put("dead_letters", deadLetters());
        ObjectNode reasons = json.putObject("dead_letter_reasons");
        refusals.forEach(reasons::put);
        json.put("duplicates", books.duplicates());
        json.put("poison_published", poison).put("repeats_published", repeats);
        json.put("escalations", scorecard.escalations());
        json.put("first_escalation_s", firstEscalationMs < 0 ? null : firstEscalationMs / 1000.0);
        json.put("escalation_p50_ms", scorecard.escalationMs(.5));
        json.put("escalation_p99_ms", scorecard.escalationMs(.99));
        Vigilance vigilance = scorecard.vigilance();
        json.put("notifications", vigilance.notifications()).put("muted", vigilance.muted());
        json.put("raters_suspended", vigilance.suspended().size());
        json.put("raters_suspended_rightly", vigilance.rightlySuspended());
        ObjectNode appeals = json.putObject("appeals");
        vigilance.appeals().forEach(appeals::put);
        ObjectNode machines = json.putObject("machines_right");
        vigilance.machines().forEach(machines::put);
        ObjectNode drifts = json.putObject("drift");
        vigilance.drifts().forEach(drifts::put);
        ObjectNode prices = json.putObject("price_micros");
        vigilance.prices().forEach(prices::put);
        json.put("tasks", scorecard.tasks());
        json.put("feedback", scorecard.feedback());
        json.put("judgments", scorecard.judgments());
        json.put("judgment_accuracy", quality.accuracy());
        json.put("majority_accuracy", quality.majority());
        json.put("labels_per_judgment", quality.labelsEach());
        ObjectNode rows = json.putObject("rows");
        scorecard.rows().forEach(rows::put);
        json.put("gate", scorecard.gateWord());
        ObjectNode slices = json.putObject("gate_slices");
        GateVerdict gate = scorecard.gate();
        if (gate != null) {
            gate.getSlices()
                    .forEach(slice ->
                            slices.put(slice.getSlice(), slice.getVerdict().name()));
        }
        json.put("lost", books.lost());
        json.put("duplicated", books.duplicated());
        json.put("peak_memory_mib", peakMemoryMib);
        return json;
    }

    String text() {
        Scorecard.Quality quality = scorecard.quality();
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(
                text,
                "StudyBuddy ran for %d s and had %,d interactions.",
                settings.duration().toSeconds(),
                interactions);
        line(text, "");
        line(text, "What happened");
        line(
                text,
                "  events in             %,7d   of them %d repeats and %d poison records on purpose",
                books.eventsIn(),
                repeats,
                poison);
        line(text, "  escalations           %,7d   %s", scorecard.escalations(), counts(scorecard.escalationStates()));
        line(
                text,
                "    first on screen     %7s   after the start of the process",
                firstEscalationMs < 0 ? "none" : String.format(Locale.ROOT, "%.1f s", firstEscalationMs / 1000.0));
        line(
                text,
                "    signal to record    %7s   median; 99 %% within %s",
                ms(scorecard.escalationMs(.5)),
                ms(scorecard.escalationMs(.99)));
        line(text, "  tasks handed out      %,7d", scorecard.tasks());
        line(text, "  feedback              %,7d", scorecard.feedback());
        line(
                text,
                "  judgments             %,7d   %s",
                scorecard.judgments(),
                String.join(", ", scorecard.questions()));
        line(text, "");
        line(text, "How well, against the truth that only the simulator knows");
        line(text, "  judgments right       %7s", percent(quality.accuracy()));
        line(text, "  majority right        %7s   a plain count of the same human labels", percent(quality.majority()));
        line(
                text,
                "  labels per judgment   %7s",
                quality.labelsEach() == null ? "none" : String.format(Locale.ROOT, "%.2f", quality.labelsEach()));
        line(text, "");
        vigilance(text);
        line(text, "Training rows           %s", counts(scorecard.rows()));
        gate(text);
        line(
                text,
                "Books of the inputs     accepted %,d, duplicates %,d, dead letters %,d, refused by a stage later %,d",
                books.accepted(),
                books.duplicates(),
                books.deadLetters(),
                deadLetters() - books.deadLetters());
        line(text, "                        lost %d, duplicated %d", books.lost(), books.duplicated());
        line(text, "Dead letters            %s", counts(refusals));
        if (peakMemoryMib != null) {
            line(text, "Memory at most          %d MiB", peakMemoryMib);
        }
        return text.toString();
    }

    private void vigilance(StringBuilder text) {
        Vigilance vigilance = scorecard.vigilance();
        line(text, "What the loop noticed");
        line(
                text,
                "  on call was told      %,7d   times, and %d escalations were muted",
                vigilance.notifications(),
                vigilance.muted());
        line(
                text,
                "  raters suspended      %,7d   of them %d rightly%s",
                vigilance.suspended().size(),
                vigilance.rightlySuspended(),
                vigilance.suspended().isEmpty() ? "" : ": " + String.join(", ", new TreeSet<>(vigilance.suspended())));
        line(text, "  appeals decided       %7s", vigilance.appeals().isEmpty() ? "none" : counts(vigilance.appeals()));
        vigilance
                .machines()
                .forEach((machine, right) ->
                        line(text, "  %-32s right %.0f %% by what people say", machine, 100 * right));
        line(text, "  drift                 %7s", vigilance.drifts().isEmpty() ? "none" : counts(vigilance.drifts()));
        vigilance.priceLines().forEach((pool, course) -> line(text, "  price of %-13s%s", pool, course));
        line(text, "");
    }

    private void gate(StringBuilder text) {
        GateVerdict gate = scorecard.gate();
        if (gate == null) {
            line(text, "Release                 no verdict");
            return;
        }
        line(
                text,
                "Release                 %s: %s (%s)",
                gate.getCandidateId(),
                scorecard.gateWord(),
                gate.getReason());
        for (SliceEvidence slice : gate.getSlices()) {
            line(
                    text,
                    "  %-22s%-13s %d of %d clusters, evidence to pass e^%.1f, to fail e^%.1f",
                    slice.getSlice(),
                    slice.getVerdict(),
                    slice.getConsumed(),
                    slice.getAwaited(),
                    slice.getPassLogEvidenceNanos() / 1e9,
                    slice.getFailLogEvidenceNanos() / 1e9);
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

    private static void line(StringBuilder text, String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static @Nullable Long measuredPeakMib() {
        Path status = Path.of("/proc/self/status");
        try {
            for (String line : Files.exists(status) ? Files.readAllLines(status) : List.<String>of()) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException unreadable) {
            return null;
        }
        return null;
    }
}
