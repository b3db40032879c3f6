package dev.heed.runner.evaluate;

import dev.heed.event.FeedbackKind;
import dev.heed.math.BradleyTerry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Preferences through the calibration stage as feedback on a question of two candidates, and how strong the models behind
 * the candidates are.
 *
 * <p>The voters of a file have no names, so whoever voted first on each pair is taken to be one rater, and so on.
 */
final class PreferenceStudy {
    /** Canonical order: the two candidates, then the tie. */
    private static final List<String> CLASSES = List.of("first", "second", "tie");

    private static final double HALF = 0.5;

    private final List<Preference> preferences;
    private final LabelStudy study;
    private final StudyBeliefs beliefs;
    private final List<String> models;

    PreferenceStudy(List<Preference> preferences, long seed) {
        this.preferences = preferences;
        this.study = LabelStudy.of(rows(), CLASSES, seed);
        this.beliefs = new StudyBeliefs(study, FeedbackKind.PREFERENCE);
        TreeSet<String> names = new TreeSet<>();
        for (Preference each : preferences) {
            if (each.namesModels()) {
                names.add(each.first());
                names.add(each.second());
            }
        }
        this.models = List.copyOf(names);
    }

    private List<LabelRow> rows() {
        List<LabelRow> rows = new ArrayList<>();
        for (Preference each : preferences) {
            for (int voter = 0; voter < each.votes().size(); voter++) {
                String said = className(each.votes().get(voter));
                rows.add(new LabelRow(each.line(), pair(each), rater(voter), said, null));
            }
        }
        return rows;
    }

    PreferenceFigures run() {
        for (int vote = 0; vote < study.labels().size(); vote++) {
            beliefs.submit(vote);
        }
        Map<String, Double> reliabilities = new LinkedHashMap<>();
        study.raters().stream().sorted().forEach(rater -> reliabilities.put(rater, beliefs.reliability(rater)));
        Map<String, List<Double>> strengths = new LinkedHashMap<>();
        if (!models.isEmpty()) {
            strengths.put("ties dropped", ofVotes(0, rater -> 1));
            strengths.put("ties half", ofVotes(HALF, rater -> 1));
            strengths.put("by reliability", ofVotes(HALF, reliabilities::get));
            strengths.put("judged", ofAnswers());
        }
        return new PreferenceFigures(
                preferences.size(),
                study.labels().size(),
                (int) study.labels().stream()
                        .filter(row -> row.label().equals(className(0)))
                        .count(),
                beliefs.alpha(),
                reliabilities,
                answers(),
                models,
                strengths);
    }

    /** How often each class is the likeliest. */
    private Map<String, Integer> answers() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        CLASSES.forEach(each -> counts.put(each, 0));
        beliefs.answers().values().forEach(answer -> counts.merge(answer, 1, Integer::sum));
        return counts;
    }

    private List<Double> ofVotes(double tie, ToDoubleFunction<String> weight) {
        double[][] wins = new double[models.size()][models.size()];
        for (Preference each : preferences) {
            for (int voter = 0; voter < each.votes().size(); voter++) {
                add(wins, each, className(each.votes().get(voter)), weight.applyAsDouble(rater(voter)), tie);
            }
        }
        return BradleyTerry.fit(wins).strengths();
    }

    private List<Double> ofAnswers() {
        Map<String, String> answers = beliefs.answers();
        double[][] wins = new double[models.size()][models.size()];
        for (Preference each : preferences) {
            add(wins, each, answers.getOrDefault(pair(each), className(0)), 1, HALF);
        }
        return BradleyTerry.fit(wins).strengths();
    }

    private void add(double[][] wins, Preference pair, String answer, double weight, double tie) {
        int first = models.indexOf(pair.first());
        int second = models.indexOf(pair.second());
        if (first < 0) {
            return;
        }
        wins[first][second] += weight * (answer.equals(className(1)) ? 1 : answer.equals(className(0)) ? tie : 0);
        wins[second][first] += weight * (answer.equals(className(2)) ? 1 : answer.equals(className(0)) ? tie : 0);
    }

    private static String className(int vote) {
        return vote == 0 ? CLASSES.get(2) : CLASSES.get(vote - 1);
    }

    private static String pair(Preference preference) {
        return "line-" + preference.line();
    }

    private static String rater(int voter) {
        return "rater-" + (voter + 1);
    }
}
