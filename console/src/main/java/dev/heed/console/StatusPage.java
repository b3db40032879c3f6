package dev.heed.console;

import dev.heed.core.Channel;
import dev.heed.journal.Price;
import dev.heed.math.Micros;
import dev.heed.out.Escalation;
import dev.heed.out.GateVerdict;
import dev.heed.out.Judgment;
import dev.heed.out.SliceEvidence;
import dev.heed.topology.Flow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status for people: one page without scripts, and with nothing from elsewhere. It loads itself again. */
final class StatusPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--soft:#8882}
            body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1.2rem}
            h1{font-size:1.3rem}h2{font-size:1rem;margin:1.6rem 0 .4rem}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line)}
            th{font-weight:600}tbody tr:nth-child(even){background:var(--soft)}
            .counts{display:grid;grid-template-columns:repeat(auto-fill,minmax(10rem,1fr));gap:.5rem}
            .counts div{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .7rem}
            .counts b{display:block;font-size:1.25rem}
            .none{opacity:.6}
            """;

    private StatusPage() {}

    static String of(StatusBoard.Snapshot status) {
        StringBuilder html = new StringBuilder(8_192);
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(status.title()))
                .append("</title><meta name=\"viewport\" content=\"width=device-width\">")
                .append("<meta http-equiv=\"refresh\" content=\"2\"><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escaped(status.title()))
                .append("</h1><p>Committed records since the topics began. The same as JSON: ")
                .append("<a href=\"/api/status\">/api/status</a></p>");
        flow(html, status.flow());
        html.append("<div class=\"counts\">");
        status.records().forEach((channel, count) -> count(html, channel, count));
        html.append("</div>");
        table(
                html,
                "Latest escalations",
                List.of("State", "Level", "Risk", "Question", "Interaction", "Why"),
                rows(status));
        table(
                html,
                "Latest judgments",
                List.of("Answer", "Belief", "Labels", "Question", "Interaction", "Why now"),
                judgments(status.judgments()));
        table(html, "Prices", List.of("Pool", "Price of a label"), prices(status.prices()));
        table(html, "Gates", List.of("Candidate", "Verdict", "Slices", "Why"), gates(status.gates()));
        List<List<String>> refusals = new ArrayList<>();
        status.refusals().forEach((code, count) -> refusals.add(List.of(code, Long.toString(count))));
        table(html, "Dead letters", List.of("Reason", "Records"), refusals);
        return html.append("</body></html>\n").toString();
    }

    private static void flow(StringBuilder html, @Nullable Flow flow) {
        if (flow == null) {
            return;
        }
        html.append("<p>")
                .append(flow.heldBack() ? "<b>Interactions, signals, feedback and evaluations are held back</b>: " : "")
                .append(flow.unread())
                .append(" records are unread behind intake; with more than ")
                .append(flow.most())
                .append(" what happens waits in its topics, and what people decide does not.</p>");
    }

    private static void count(StringBuilder html, Channel channel, long count) {
        html.append("<div><b>")
                .append(count)
                .append("</b>")
                .append(channel.baseName())
                .append("</div>");
    }

    private static List<List<String>> rows(StatusBoard.Snapshot status) {
        List<List<String>> rows = new ArrayList<>();
        for (Escalation each : status.escalations()) {
            rows.add(List.of(
                    each.getState(),
                    each.getLevel(),
                    number(each.getRiskMicros()),
                    each.getQuestionId(),
                    each.getInteractionId(),
                    each.getCause()));
        }
        return rows;
    }

    private static List<List<String>> judgments(List<Judgment> judgments) {
        List<List<String>> rows = new ArrayList<>();
        for (Judgment each : judgments) {
            rows.add(List.of(
                    each.getClassName(),
                    number(Collections.max(each.getBeliefMicros())),
                    Integer.toString(each.getLabels().size()),
                    each.getQuestionId(),
                    each.getInteractionId(),
                    each.getReason()));
        }
        return rows;
    }

    private static List<List<String>> prices(List<Price> prices) {
        return prices.stream()
                .map(each -> List.of(each.getPool(), number(each.getPriceMicros())))
                .toList();
    }

    private static List<List<String>> gates(List<GateVerdict> gates) {
        List<List<String>> rows = new ArrayList<>();
        for (GateVerdict each : gates) {
            StringBuilder slices = new StringBuilder();
            for (SliceEvidence slice : each.getSlices()) {
                slices.append(slices.isEmpty() ? "" : ", ")
                        .append(slice.getSlice())
                        .append(' ')
                        .append(slice.getVerdict());
            }
            rows.add(List.of(each.getCandidateId(), each.getVerdict().name(), slices.toString(), each.getReason()));
        }
        return rows;
    }

    private static void table(StringBuilder html, String title, List<String> heads, List<List<String>> rows) {
        html.append("<h2>").append(title).append("</h2>");
        if (rows.isEmpty()) {
            html.append("<p class=\"none\">none yet</p>");
            return;
        }
        html.append("<table><thead><tr>");
        heads.forEach(head -> html.append("<th scope=\"col\">").append(head).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
            html.append("</tr>");
        }
        html.append("</tbody></table>");
    }

    private static String number(long micros) {
        return String.format(Locale.ROOT, "%.3f", Micros.toDouble(micros));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
