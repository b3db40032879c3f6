package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.event.RowOp;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.ItemsFact;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row stands only while its subject's consent grants training, its judgment says what the row says and the rule of its
 * dataset takes it; and dataset-log carries the deltas the items stage decided, all of them and no others.
 */
public final class RowsFollowConsentAndJudgment implements Guarantee {
    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        Map<Integer, Rows> rows = new HashMap<>();
        List<Delta> decided = new ArrayList<>();
        for (LogView.Logged logged : logs.records(Channel.ITEMS_FACTS)) {
            if (logged.value() instanceof ItemsFact fact) {
                rows.computeIfAbsent(logged.partition(), p -> new Rows(breaches))
                        .add(logged.offset(), fact);
                if (fact.getRowChanged() != null) {
                    decided.add(fact.getRowChanged().getDelta());
                }
            }
        }
        rows.values().forEach(Rows::finish);
        compareWithLog(logs, decided, breaches);
        return breaches;
    }

    private static void compareWithLog(LogView logs, List<Delta> decided, List<String> breaches) {
        Map<String, List<Delta>> expected = byRow(decided);
        Map<String, List<Delta>> found = byRow(logs.records(Channel.DATASET_LOG).stream()
                .map(logged -> (Delta) Objects.requireNonNull(logged.value()))
                .toList());
        Set<String> ids = new HashSet<>(expected.keySet());
        ids.addAll(found.keySet());
        for (String id : ids) {
            if (!expected.getOrDefault(id, List.of()).equals(found.getOrDefault(id, List.of()))) {
                breaches.add(
                        "row " + id + ": dataset-log has " + found.get(id) + " (expected: " + expected.get(id) + ")");
            }
        }
    }

    private static Map<String, List<Delta>> byRow(List<Delta> deltas) {
        Map<String, List<Delta>> byRow = new HashMap<>();
        deltas.forEach(delta ->
                byRow.computeIfAbsent(delta.getRowId(), id -> new ArrayList<>()).add(delta));
        return byRow;
    }

    /** The rows of one partition, with the consent and judgment each rests on. */
    private static final class Rows {
        private final List<String> breaches;
        private final Map<String, ConsentDecided> consents = new HashMap<>();
        private final Map<String, Judgment> judgments = new HashMap<>();
        private final Map<String, Map<String, Delta>> lastDeltas = new HashMap<>();
        private final Set<String> touched = new HashSet<>();
        private final ClaimRules claims;
        private long settledOffset = -1;

        Rows(List<String> breaches) {
            this.breaches = breaches;
            this.claims = new ClaimRules(breaches::add);
        }

        void add(long offset, ItemsFact fact) {
            long journalOffset = fact.getHeader().getJournalOffset();
            if (journalOffset != settledOffset) {
                finish();
                settledOffset = journalOffset;
            }
            claims.add(fact);
            if (fact.getConsentApplied() != null) {
                ConsentDecided consent = fact.getConsentApplied().getConsent();
                consents.merge(consent.getInteractionId(), consent, (a, b) -> a.getEpoch() > b.getEpoch() ? a : b);
            } else if (fact.getJudged() != null) {
                Judgment judgment = fact.getJudged().getJudgment();
                touched.add(judgment.getInteractionId());
                judgments.put(judgment.getInteractionId() + "|" + judgment.getQuestionId(), judgment);
            } else if (fact.getClaimChanged() != null) {
                touched.add(fact.getClaimChanged().getInteractionId());
            } else if (fact.getRowChanged() != null) {
                change(offset, fact.getRowChanged().getDelta());
            }
        }

        private void change(long offset, Delta delta) {
            touched.add(delta.getInteractionId());
            Map<String, Delta> rows = lastDeltas.computeIfAbsent(delta.getInteractionId(), id -> new HashMap<>());
            Delta before = rows.put(delta.getRowId(), delta);
            int revision = before == null ? 0 : before.getRevision();
            boolean stood = before != null && before.getOp() != RowOp.RETRACT;
            if (delta.getRevision() <= revision) {
                breaches.add("row " + delta.getRowId() + "@" + offset + ": revision " + delta.getRevision()
                        + " (expected: above " + revision + ")");
            }
            if (stood == (delta.getOp() == RowOp.ADD)) {
                breaches.add("row " + delta.getRowId() + "@" + offset + ": " + delta.getOp() + " of a row that "
                        + (stood ? "stands" : "does not stand"));
            }
        }

        /** The law holds once all facts of a journal record are known. */
        void finish() {
            for (String interactionId : touched) {
                for (Delta delta :
                        lastDeltas.getOrDefault(interactionId, Map.of()).values()) {
                    String problem = delta.getOp() == RowOp.RETRACT ? null : problem(delta);
                    if (problem != null) {
                        breaches.add(
                                "row " + delta.getRowId() + " after journal offset " + settledOffset + ": " + problem);
                    }
                }
            }
            touched.clear();
        }

        private @Nullable String problem(Delta delta) {
            ConsentDecided consent = consents.get(delta.getInteractionId());
            if (consent == null || !consent.getTrain()) {
                return "stands without a grant to train";
            }
            Judgment judgment = judgments.get(delta.getInteractionId() + "|" + delta.getQuestionId());
            if (judgment == null) {
                return "stands without a judgment";
            }
            return judgment.getClassName().equals(delta.getClassName())
                    ? claims.problem(delta)
                    : "says " + delta.getClassName() + " where the judgment says " + judgment.getClassName();
        }
    }
}
