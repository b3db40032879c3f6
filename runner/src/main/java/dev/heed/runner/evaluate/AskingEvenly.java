package dev.heed.runner.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every item gets its first label, then every item its second, and so on; the answer is the label said most often. */
final class AskingEvenly implements Asking {
    private final LabelStudy study;
    private final List<LabelRow> rounds;
    private final Map<String, Map<String, Integer>> votes = new TreeMap<>();
    private final Map<String, Integer> all = new TreeMap<>();
    private int asked;

    AskingEvenly(LabelStudy study) {
        this.study = study;
        Map<String, Integer> seen = new HashMap<>();
        Map<LabelRow, Integer> roundOf = new HashMap<>();
        study.labels().forEach(label -> roundOf.put(label, seen.merge(label.item(), 1, Integer::sum)));
        this.rounds = new ArrayList<>(study.labels());
        // Within a round labels keep their order of arrival, as sorting keeps the order of equals.
        rounds.sort(Comparator.comparing(roundOf::get));
    }

    @Override
    public boolean next() {
        if (asked == rounds.size()) {
            return false;
        }
        LabelRow label = rounds.get(asked++);
        votes.computeIfAbsent(label.item(), item -> new TreeMap<>()).merge(label.label(), 1, Integer::sum);
        all.merge(label.label(), 1, Integer::sum);
        return true;
    }

    @Override
    public int asked() {
        return asked;
    }

    /** An item that was not asked about is taken to be of the class said most often. */
    @Override
    public Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>();
        for (String item : study.items()) {
            answers.put(item, LabelStudy.mostOf(votes.getOrDefault(item, all)));
        }
        return answers;
    }
}
