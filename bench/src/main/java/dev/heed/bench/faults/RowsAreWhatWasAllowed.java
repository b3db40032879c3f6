package dev.heed.bench.faults;

import dev.heed.core.Channel;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.Interaction;
import dev.heed.event.RaterKind;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.guarantee.Guarantee;
import dev.heed.guarantee.LogView;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Once the loop has worked off all inputs, the deltas leave exactly those rows standing that one finds by looking at what
 * subjects said in {@code consents} and at the last judgments that a person's label stands behind, under
 * {@link FaultPolicy}, as many of them as a dataset with a cap has room for; {@code datasets.*} hold those of them that are trained on; and of whoever had everything erased no
 * text is left.
 */
final class RowsAreWhatWasAllowed implements Guarantee {
    private static final List<Channel> DATASETS = List.of(
            Channel.DATASET_PREFERENCE,
            Channel.DATASET_SFT,
            Channel.DATASET_BINARY,
            Channel.DATASET_CRITIQUE,
            Channel.DATASET_GUARDRAIL);

    private static final String CAPPED = "|sft";
    private static final String UNCAPPED = "|guardrail";

    /** Rows that the deltas leave standing, by id, as class. */
    static Map<String, Delta> standing(LogView logs) {
        Map<String, Delta> rows = new TreeMap<>();
        for (LogView.Logged logged : logs.records(Channel.DATASET_LOG)) {
            if (logged.value() instanceof Delta delta) {
                rows.merge(delta.getRowId(), delta, (a, b) -> a.getRevision() >= b.getRevision() ? a : b);
            }
        }
        rows.values().removeIf(row -> row.getOp() == RowOp.RETRACT);
        return rows;
    }

    @Override
    public List<String> breaches(LogView logs) {
        List<String> breaches = new ArrayList<>();
        Map<String, Delta> rows = standing(logs);
        Map<String, String> found = new TreeMap<>();
        rows.forEach((id, row) -> found.put(id, row.getClassName()));
        Subjects subjects = Subjects.of(logs);
        Map<String, String> expected = expected(logs, subjects);
        capped(rows, expected, breaches);
        found.keySet().removeIf(RowsAreWhatWasAllowed::isCapped);
        expected.keySet().removeIf(RowsAreWhatWasAllowed::isCapped);
        differences("dataset-log", found, expected, breaches);

        Map<String, String> trained = new TreeMap<>();
        rows.values().stream()
                .filter(row -> row.getSplit() == Split.TRAIN)
                .forEach(row -> trained.put(row.getRowId(), "a row"));
        differences("datasets", present(logs, DATASETS), trained, breaches);

        for (Channel texts : List.of(Channel.CONTENTS, Channel.CONTENT_KEYS)) {
            for (String key : present(logs, List.of(texts)).keySet()) {
                String interaction = key.substring(0, Math.max(0, key.indexOf('|')));
                if (subjects.isErased(interaction)) {
                    breaches.add(texts.baseName() + ": " + key + " is there (expected: nothing of an erased subject)");
                }
            }
        }
        return breaches;
    }

    private static boolean isCapped(String rowId) {
        return rowId.endsWith(CAPPED);
    }

    /** Of the dataset with a cap those rows stand that are allowed and no others, and on each side as many as there is room. */
    private static void capped(Map<String, Delta> rows, Map<String, String> expected, List<String> breaches) {
        Map<Split, Integer> stand = new EnumMap<>(Split.class);
        Map<Split, Integer> allowed = new EnumMap<>(Split.class);
        rows.forEach((id, row) -> {
            if (isCapped(id) && !row.getClassName().equals(expected.get(id))) {
                breaches.add("dataset-log: row " + id + " is " + row.getClassName() + " (expected: "
                        + expected.getOrDefault(id, "nothing") + ")");
            } else if (isCapped(id)) {
                stand.merge(row.getSplit(), 1, Integer::sum);
            }
        });
        for (String id : expected.keySet()) {
            // Of the same judgment there is a row in a dataset that takes all, on the same side.
            Delta beside = rows.get(id.substring(0, id.length() - CAPPED.length()) + UNCAPPED);
            if (isCapped(id) && beside != null) {
                allowed.merge(beside.getSplit(), 1, Integer::sum);
            }
        }
        for (Split side : List.of(Split.TRAIN, Split.HOLDOUT)) {
            int room = Math.min(FaultPolicy.CAP, allowed.getOrDefault(side, 0));
            if (stand.getOrDefault(side, 0) != room) {
                breaches.add("dataset-log: " + stand.getOrDefault(side, 0) + " rows of" + CAPPED.replace('|', ' ')
                        + " stand in " + side + " (expected: " + room + " of the " + allowed.getOrDefault(side, 0)
                        + " that are allowed)");
            }
        }
    }

    private static Map<String, String> expected(LogView logs, Subjects subjects) {
        Map<String, Judgment> judgments = new HashMap<>();
        for (LogView.Logged logged : logs.records(Channel.JUDGMENTS)) {
            if (logged.value() instanceof Judgment judgment) {
                judgments.put(judgment.getInteractionId() + "|" + judgment.getQuestionId(), judgment);
            }
        }
        Map<String, String> rows = new TreeMap<>();
        judgments.forEach((id, judgment) -> {
            if (hasPerson(judgment) && subjects.mayTrain(judgment.getInteractionId())) {
                datasets(judgment).forEach(dataset -> rows.put(id + "|" + dataset, judgment.getClassName()));
            }
        });
        return rows;
    }

    private static boolean hasPerson(Judgment judgment) {
        return judgment.getLabels().stream().anyMatch(label -> label.getRaterKind() == RaterKind.HUMAN);
    }

    private static List<String> datasets(Judgment judgment) {
        String answer = judgment.getClassName();
        if (judgment.getQuestionId().equals(FaultPolicy.PREFERENCE)) {
            return answer.equals("TIE") ? List.of() : List.of("preference");
        }
        return answer.equals("ok") ? List.of("binary", "guardrail", "sft") : List.of("binary", "guardrail");
    }

    /** Keys whose last record is no deletion. */
    private static Map<String, String> present(LogView logs, List<Channel> channels) {
        Map<String, String> present = new TreeMap<>();
        for (Channel channel : channels) {
            for (LogView.Logged logged : logs.records(channel)) {
                if (logged.key() != null && logged.value() != null) {
                    present.put(logged.key(), "a row");
                } else if (logged.key() != null) {
                    present.remove(logged.key());
                }
            }
        }
        return present;
    }

    private static void differences(
            String where, Map<String, String> found, Map<String, String> expected, List<String> breaches) {
        Set<String> ids = new TreeSet<>(found.keySet());
        ids.addAll(expected.keySet());
        for (String id : ids) {
            String stands = found.getOrDefault(id, "nothing");
            String should = expected.getOrDefault(id, "nothing");
            if (!stands.equals(should)) {
                breaches.add(where + ": row " + id + " is " + stands + " (expected: " + should + ")");
            }
        }
    }

    /** What subjects said last of training, straight from the public inputs. */
    private static final class Subjects {
        private final Map<String, String> byInteraction = new HashMap<>();
        private final Map<String, ConsentKind> said = new HashMap<>();

        static Subjects of(LogView logs) {
            Subjects subjects = new Subjects();
            for (LogView.Logged logged : logs.records(Channel.INTERACTIONS)) {
                if (logged.value() instanceof Interaction interaction) {
                    subjects.byInteraction.putIfAbsent(interaction.getInteractionId(), interaction.getSubjectId());
                }
            }
            Set<String> heard = new HashSet<>();
            for (LogView.Logged logged : logs.records(Channel.CONSENTS)) {
                if (logged.value() instanceof Consent consent && heard.add(consent.getEventId())) {
                    subjects.said.put(consent.getSubjectId(), consent.getKind());
                }
            }
            return subjects;
        }

        boolean mayTrain(String interactionId) {
            return last(interactionId) == ConsentKind.GRANT;
        }

        boolean isErased(String interactionId) {
            return last(interactionId) == ConsentKind.ERASE;
        }

        private ConsentKind last(String interactionId) {
            String subject = byInteraction.getOrDefault(interactionId, "");
            return said.getOrDefault(subject, ConsentKind.UNKNOWN);
        }
    }
}
