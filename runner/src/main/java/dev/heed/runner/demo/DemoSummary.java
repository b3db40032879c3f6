package dev.heed.runner.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.guarantee.NothingLost;
import dev.heed.out.GateVerdict;
import dev.heed.simulator.Publication;
import dev.heed.simulator.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        Quality quality = scorecard.quality();
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
        json.put("ties_broken", quality.ties()).put("ties_broken_rightly", quality.tiesRight());
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
        return new SummaryText(this).toString();
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
