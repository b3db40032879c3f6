package dev.heed.runner.whatif;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.fact.Triaged;
import dev.heed.out.Judgment;
import dev.heed.whatif.Answers;
import dev.heed.whatif.Ledger;
import dev.heed.whatif.MissedRisk;
import dev.heed.whatif.WhatIf;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What the record and the other policy came to, side by side. */
record WhatIfReport(WhatIf.Result result, MissedRisk recordedRisk, MissedRisk risk) {
    private static final String LINE = "%-34s %22s %22s%n";

    /** How many entries of one kind are in both and the same, in both and different, or in one only. */
    record Change(long same, long different, long onlyRecord, long onlyOther) {
        static <T> Change of(Map<String, T> recorded, Map<String, T> other, Function<T, Object> what) {
            long same = 0;
            long different = 0;
            long onlyRecord = 0;
            TreeSet<String> keys = new TreeSet<>(recorded.keySet());
            keys.addAll(other.keySet());
            for (String key : keys) {
                T left = recorded.get(key);
                T right = other.get(key);
                if (left != null && right != null) {
                    boolean equal = Objects.equals(what.apply(left), what.apply(right));
                    same += equal ? 1 : 0;
                    different += equal ? 0 : 1;
                } else if (left != null) {
                    onlyRecord++;
                }
            }
            return new Change(same, different, onlyRecord, keys.size() - same - different - onlyRecord);
        }

        private String text() {
            return same + " the same, " + different + " otherwise, " + onlyRecord + " only in the record, " + onlyOther
                    + " only under the other policy";
        }

        private ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("same", same)
                    .put("different", different)
                    .put("only_recorded", onlyRecord)
                    .put("only_other", onlyOther);
        }
    }

    private Change escalations() {
        return Change.of(result.recorded().escalations(), result.other().escalations(), level -> level);
    }

    private Change judgments() {
        return Change.of(result.recorded().judgments(), result.other().judgments(), Judgment::getClassName);
    }

    private Change rows() {
        return Change.of(result.recorded().rows(), result.other().rows(), row -> row);
    }

    /** Items by their last route in the record and under the other policy, where these differ. */
    private Map<String, Long> routes() {
        Map<String, Long> routes = new TreeMap<>();
        result.recorded().looks().forEach((item, look) -> {
            Triaged other = result.other().looks().get(item);
            if (other != null && other.getRoute() != look.getRoute()) {
                routes.merge(look.getRoute() + " to " + other.getRoute(), 1L, Long::sum);
            }
        });
        return routes;
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(LINE, "", "record", "other policy"));
        line(
                text,
                "labels handed out, gold apart",
                ledger -> String.valueOf(ledger.handOuts().size()));
        line(text, "mean price at hand-out", ledger -> String.format(Locale.ROOT, "%.4f", meanPrice(ledger)));
        line(text, "items judged", ledger -> String.valueOf(ledger.judgments().size()));
        text.append(
                String.format(LINE, "items wrong and unseen", interval(recordedRisk.items()), interval(risk.items())));
        text.append(String.format(LINE, "what they lose", interval(recordedRisk.loss()), interval(risk.loss())));
        text.append(String.format(
                Locale.ROOT,
                LINE,
                "hand-outs nobody answered",
                share(result.recordedSupport()),
                share(result.support())));
        text.append("routes      ")
                .append(routes().isEmpty() ? "all the same" : routes().toString())
                .append('\n');
        text.append("escalations ").append(escalations().text()).append('\n');
        text.append("judgments   ").append(judgments().text()).append('\n');
        text.append("rows        ").append(rows().text()).append('\n');
        Answers.Support support = result.support();
        text.append("answers     ")
                .append(support.own() + " by who gave them in the record, " + support.others()
                        + " by what another said of the item, " + support.unanswered() + " missing\n");
        text.append(
                result.tasksThatDiffer() == 0
                        ? "0 differences: all " + result.other().facts() + " facts are those of the record"
                        : result.tasksThatDiffer() + " of "
                                + result.other().roots().size() + " journals decide otherwise; "
                                + result.recorded().facts() + " facts in the record, "
                                + result.other().facts() + " here");
        text.append("\nIn brackets: 95 % intervals, from ")
                .append(recordedRisk.explored())
                .append(" judged items that were explored by chance");
        return text.toString();
    }

    private void line(StringBuilder text, String name, Function<Ledger, String> figure) {
        text.append(String.format(LINE, name, figure.apply(result.recorded()), figure.apply(result.other())));
    }

    private static double meanPrice(Ledger ledger) {
        return ledger.handOuts().stream()
                        .mapToLong(Ledger.HandOut::priceMicros)
                        .average()
                        .orElse(0)
                / 1e6;
    }

    private static String share(Answers.Support support) {
        return String.format(Locale.ROOT, "%d (%.1f %%)", support.unanswered(), 100 * support.unsupportedShare());
    }

    private static String interval(MissedRisk.Interval interval) {
        return Double.isNaN(interval.high())
                ? String.format(Locale.ROOT, "%.1f (nothing explored)", interval.estimate())
                : String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", interval.estimate(), interval.low(), interval.high());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("journals_that_differ", result.tasksThatDiffer());
        json.set("recorded", json(result.recorded(), recordedRisk, result.recordedSupport()));
        json.set("other", json(result.other(), risk, result.support()));
        ObjectNode routes = json.putObject("routes");
        routes().forEach(routes::put);
        json.set("escalations", escalations().json());
        json.set("judgments", judgments().json());
        json.set("rows", rows().json());
        json.put("explored", recordedRisk.explored());
        return json;
    }

    private static ObjectNode json(Ledger ledger, MissedRisk risk, Answers.Support support) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("facts", ledger.facts());
        json.put("labels", ledger.handOuts().size());
        json.put("mean_price", meanPrice(ledger));
        json.put("judgments", ledger.judgments().size());
        json.put("rows", ledger.rows().size());
        json.put("answered_by_own", support.own());
        json.put("answered_by_others", support.others());
        json.put("unanswered", support.unanswered());
        json.put("unsupported_share", support.unsupportedShare());
        json.set("missed_items", json(risk.items()));
        json.set("missed_loss", json(risk.loss()));
        return json;
    }

    private static ObjectNode json(MissedRisk.Interval interval) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("estimate", interval.estimate());
        return Double.isNaN(interval.high())
                ? json
                : json.put("low", interval.low()).put("high", interval.high());
    }
}
