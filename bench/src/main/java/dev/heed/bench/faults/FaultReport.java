package dev.heed.bench.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.guarantee.NothingLost;
import dev.heed.runner.replay.AuditReport;
import java.util.List;
import java.util.Locale;

/**
 * What a run with kills came to.
 *
 * @param beforeWorking kills that came before the loop had committed anything since its start
 * @param startsMs times from a start of the process to its first commit, from the shortest to the longest
 * @param rows rows that stand at the end
 * @param retracts deltas that retracted one
 * @param breaches what does not hold, for a person
 */
record FaultReport(
        int kills,
        int beforeWorking,
        List<Long> startsMs,
        NothingLost.Account inputs,
        int rows,
        long retracts,
        AuditReport replay,
        List<String> breaches) {
    private static final int SHOWN = 20;

    /** Whether everything holds. */
    boolean holds() {
        return breaches.isEmpty();
    }

    private long startMs(double share) {
        return startsMs.isEmpty() ? 0 : startsMs.get((int) (share * (startsMs.size() - 1)));
    }

    String text() {
        String text = String.format(
                Locale.ROOT,
                "%d kills, %d of them before the loop worked; from start to first commit %.1f s in the"
                        + " median and %.1f s at most%n"
                        + "%d inputs: %d accepted, %d duplicates, %d dead letters, %d lost, %d with two ends%n"
                        + "%d rows stand after %d retracts%n%s%n",
                kills,
                beforeWorking,
                startMs(0.5) / 1e3,
                startMs(1) / 1e3,
                inputs.eventsIn(),
                inputs.accepted(),
                inputs.duplicates(),
                inputs.deadLetters(),
                inputs.lost(),
                inputs.duplicated(),
                rows,
                retracts,
                replay.text());
        return text
                + (holds()
                        ? "every promise is kept"
                        : breaches.size() + " BREACHES:\n  "
                                + String.join("\n  ", breaches.subList(0, Math.min(SHOWN, breaches.size()))));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("holds", holds());
        json.put("kills", kills);
        json.put("kills_before_working", beforeWorking);
        json.put("median_start_ms", startMs(0.5));
        json.put("slowest_start_ms", startMs(1));
        json.put("inputs", inputs.eventsIn());
        json.put("accepted", inputs.accepted());
        json.put("duplicates", inputs.duplicates());
        json.put("dead_letters", inputs.deadLetters());
        json.put("lost", inputs.lost());
        json.put("with_two_ends", inputs.duplicated());
        json.put("rows", rows);
        json.put("retracts", retracts);
        ArrayNode list = json.putArray("breaches");
        breaches.forEach(list::add);
        json.set("replay", replay.json());
        return json;
    }
}
