package dev.heed.guarantee;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationStage;
import dev.heed.calibration.agreement.Agreement;
import dev.heed.core.Channel;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.CalibrationFact;
import dev.heed.fact.QuestionOpened;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.IntervalAgreement;
import dev.heed.math.Krippendorff;
import dev.heed.policy.RatingScale;
import dev.heed.state.LabelTally;
import dev.heed.state.QuestionTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The counts of every rater, the pooled counts, the class prior and the agreement of a question are the sums over items
 * of the labels and beliefs the items hold now, to the last micro, whatever was revised, withdrawn or corrected before.
 */
public final class CountsAreSums implements Guarantee {
    private static final long ONE = 1_000_000;
    private static final double ALPHA_TOLERANCE = 1e-12;

    @Override
    public List<String> breaches(LogView logs) {
        Map<Integer, Task> tasks = new TreeMap<>();
        for (LogView.Logged logged : logs.records(Channel.CALIBRATION_FACTS)) {
            if (logged.value() instanceof CalibrationFact fact) {
                tasks.computeIfAbsent(logged.partition(), p -> new Task()).add(fact);
            }
        }
        List<String> breaches = new ArrayList<>();
        tasks.forEach((partition, task) -> task.check("calibration.facts-" + partition + ": ", breaches));
        return breaches;
    }

    /** One partition: the state its facts give, and the last move of each item. */
    private static final class Task {
        private final StageRunner runner = new StageRunner(CalibrationStage.create());
        private final MemoryState state = new MemoryState();
        private final Map<String, List<String>> classes = new TreeMap<>();
        private final Map<String, RatingScale> scales = new TreeMap<>();
        private final Map<String, Map<String, BeliefMove>> items = new TreeMap<>();

        void add(CalibrationFact fact) {
            runner.apply(state, fact);
            if (fact.getQuestionOpened() != null) {
                QuestionOpened opened = fact.getQuestionOpened();
                classes.put(opened.getQuestionId(), opened.getClasses());
                if (opened.getRating() != null) {
                    scales.put(opened.getQuestionId(), opened.getRating());
                }
            } else if (fact.getBeliefMoved() != null) {
                BeliefMove move = fact.getBeliefMoved();
                items.computeIfAbsent(move.getQuestionId(), q -> new TreeMap<>())
                        .put(move.getInteractionId(), move);
            }
        }

        void check(String where, List<String> breaches) {
            Map<String, long[]> expected = new TreeMap<>();
            Map<String, long[]> found = new TreeMap<>();
            classes.forEach((question, names) -> {
                Sums sums = new Sums(question, names, scales.get(question));
                items.getOrDefault(question, Map.of()).values().forEach(sums::add);
                expected.putAll(sums.counts);
                checkAgreement(where, sums.all, Agreement.read(state, question), breaches);
                checkAgreement(
                        where + "explored: ", sums.explored, Agreement.explored(state, question, false), breaches);
            });
            state.entries().forEach((key, value) -> collect(found, key, value));
            TreeSet<String> keys = new TreeSet<>(expected.keySet());
            keys.addAll(found.keySet());
            for (String key : keys) {
                List<Long> sum = list(expected.get(key));
                List<Long> count = list(found.get(key));
                if (!sum.equals(count)) {
                    breaches.add(where + key.replace('\u0000', '|') + " is " + count + " (expected: " + sum + ")");
                }
            }
        }

        private static void checkAgreement(String where, Units sums, Agreement found, List<String> breaches) {
            OptionalDouble alpha = sums.alpha();
            boolean same = alpha.isPresent() == found.alpha().isPresent()
                    && Math.abs(alpha.orElse(0) - found.alpha().orElse(0)) <= ALPHA_TOLERANCE;
            if (!same || sums.units != found.units() || sums.labels != found.labels()) {
                breaches.add(where + "agreement is " + found + " (expected: " + alpha + " over " + sums.labels
                        + " labels on " + sums.units + " items)");
            }
        }
    }

    private static List<Long> list(long @Nullable [] values) {
        List<Long> list = new ArrayList<>();
        for (long value : values == null ? new long[0] : values) {
            list.add(value);
        }
        return list;
    }

    private static void collect(Map<String, long[]> found, String key, SpecificRecord value) {
        List<Long> counts = new ArrayList<>();
        if (value instanceof LabelTally tally) {
            counts.addAll(tally.getCountsMicros());
            counts.add(tally.getLabels());
        } else if (value instanceof QuestionTally tally) {
            counts.addAll(tally.getBeliefSumsMicros());
            counts.addAll(tally.getWeightedSumsMicros());
            counts.add(tally.getItems());
        } else {
            return;
        }
        found.put(key, counts.stream().mapToLong(Long::longValue).toArray());
    }

    /** What the items of a question add up to; the last number of each row is how many there are. */
    private static final class Sums {
        private final String question;
        private final List<String> classes;
        private final Map<String, long[]> counts = new TreeMap<>();
        private final Units all;
        private final Units explored;

        Sums(String question, List<String> classes, @Nullable RatingScale scale) {
            this.question = question;
            this.classes = classes;
            this.all = new Units(classes, scale);
            this.explored = new Units(classes, scale);
            counts.put(CalibrationKeys.question(question), new long[2 * classes.size() + 1]);
        }

        void add(BeliefMove item) {
            int k = classes.size();
            List<SubmittedLabel> humans = item.getCounted().stream()
                    .filter(label -> label.getRaterKind() == RaterKind.HUMAN)
                    .toList();
            all.add(humans);
            if (item.getWeightMicros() > ONE) {
                explored.add(humans);
            }
            if (humans.isEmpty() && item.getGoldClass() == null) {
                return;
            }
            long[] prior = Objects.requireNonNull(counts.get(CalibrationKeys.question(question)));
            for (int truth = 0; truth < k; truth++) {
                prior[truth] += truth(item).get(truth);
                prior[k + truth] += item.getWeightMicros() * truth(item).get(truth) / ONE;
            }
            prior[2 * k]++;
            item.getCounted().forEach(label -> add(item, label));
        }

        /** What people alone say, where machines have spoken too. */
        private static List<Long> truth(BeliefMove item) {
            return item.getPeopleMicros().isEmpty() ? item.getBeliefMicros() : item.getPeopleMicros();
        }

        private void add(BeliefMove item, SubmittedLabel label) {
            RaterKind kind = label.getRaterKind();
            long weight = kind == RaterKind.HUMAN ? ONE : item.getWeightMicros();
            add(CalibrationKeys.pooled(question, kind), item, label, weight);
            add(CalibrationKeys.tally(question, kind, label.getRaterId()), item, label, weight);
        }

        private void add(String key, BeliefMove item, SubmittedLabel label, long weight) {
            int k = classes.size();
            long[] row = counts.computeIfAbsent(key, each -> new long[k * k + 1]);
            int said = classes.indexOf(label.getClassName());
            for (int truth = 0; truth < k; truth++) {
                row[truth * k + said] += weight * truth(item).get(truth) / ONE;
            }
            row[k * k]++;
        }
    }

    /** The labels of people on items, as agreement is about them. */
    private static final class Units {
        private final List<String> classes;
        private final @Nullable RatingScale scale;
        private final Map<Integer, IntervalAgreement.Sums> sums = new TreeMap<>();
        private long[] pairs = Krippendorff.NONE;
        private long units;
        private long labels;

        Units(List<String> classes, @Nullable RatingScale scale) {
            this.classes = classes;
            this.scale = scale;
        }

        void add(List<SubmittedLabel> said) {
            if (said.size() < 2) {
                return;
            }
            int[] unit = new int[classes.size()];
            long sum = 0;
            long squares = 0;
            for (SubmittedLabel label : said) {
                unit[classes.indexOf(label.getClassName())]++;
                long steps = steps(label);
                sum += steps;
                squares += steps * steps;
            }
            pairs = Krippendorff.plus(pairs, unit);
            units++;
            labels += said.size();
            sums.merge(
                    said.size(),
                    new IntervalAgreement.Sums(said.size(), 1, sum, squares, sum * sum),
                    (a, b) -> new IntervalAgreement.Sums(
                            a.size(),
                            a.units() + b.units(),
                            a.sum() + b.sum(),
                            a.squares() + b.squares(),
                            a.squaredSums() + b.squaredSums()));
        }

        private long steps(SubmittedLabel label) {
            Long given = label.getRatingMicros();
            return scale == null || given == null ? 0 : (given - scale.getLowestMicros()) / scale.getStepMicros();
        }

        OptionalDouble alpha() {
            return scale == null
                    ? Krippendorff.nominal(pairs, classes.size())
                    : IntervalAgreement.alpha(List.copyOf(sums.values()));
        }
    }
}
