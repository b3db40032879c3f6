package dev.heed.guarantee;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.CalibrationStage;
import dev.heed.calibration.PressureRules;
import dev.heed.calibration.agreement.Agreement;
import dev.heed.core.Channel;
import dev.heed.core.Keys;
import dev.heed.core.MemoryState;
import dev.heed.core.Rubrics;
import dev.heed.core.StageRunner;
import dev.heed.event.RaterKind;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.CalibrationFact;
import dev.heed.fact.QuestionOpened;
import dev.heed.journal.SubmittedLabel;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
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
 * An item that has not come back since its question began anew under another rubric adds nothing, and no label counts
 * that was given under a rubric which the policy in force does not call comparable.
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
        private @Nullable Policy policy;

        void add(CalibrationFact fact) {
            runner.apply(state, fact);
            if (fact.getQuestionOpened() != null) {
                QuestionOpened opened = fact.getQuestionOpened();
                classes.put(opened.getQuestionId(), opened.getClasses());
                if (opened.getRating() != null) {
                    scales.put(opened.getQuestionId(), opened.getRating());
                }
            } else if (fact.getPolicyInstalled() != null) {
                policy = fact.getPolicyInstalled().getPolicy();
            } else if (fact.getRubricSuperseded() != null) {
                items.remove(fact.getRubricSuperseded().getQuestionId());
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
                // Whatever metric a policy may give the question.
                for (boolean ordinal : List.of(false, true)) {
                    checkAgreement(
                            where,
                            sums.all.alpha(ordinal),
                            sums.all,
                            Agreement.read(state, question, ordinal),
                            breaches);
                    checkAgreement(
                            where + "explored: ",
                            sums.explored.alpha(ordinal),
                            sums.explored,
                            Agreement.explored(state, question, ordinal),
                            breaches);
                }
                checkRubrics(where, question, breaches);
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

        private void checkRubrics(String where, String questionId, List<String> breaches) {
            Question question = policy == null ? null : PressureRules.question(policy, questionId);
            for (BeliefMove item : items.getOrDefault(questionId, Map.of()).values()) {
                if (!Rubrics.comparable(question, item.getGoldRubricVersion())) {
                    breaches.add(where + "the answer of " + item.getInteractionId() + " is known under "
                            + item.getGoldRubricVersion() + " (expected: no superseded rubric)");
                }
                for (SubmittedLabel label : item.getCounted()) {
                    if (label.getGold() && item.getGoldClass() == null) {
                        breaches.add(where + label + " counts on " + item.getInteractionId()
                                + " (expected: none that tested its rater, where no answer is known)");
                    }
                    if (!Rubrics.comparable(question, label.getRubricVersion())) {
                        breaches.add(where + label + " counts on " + item.getInteractionId()
                                + " (expected: none of a superseded rubric)");
                    }
                }
            }
        }

        /** Tallies that were counted before the question last began anew are left over until their items come back. */
        private void collect(Map<String, long[]> found, String key, SpecificRecord value) {
            List<Long> counts = new ArrayList<>();
            if (value instanceof LabelTally tally) {
                String questionKey = CalibrationKeys.question(Keys.parts(key)[1]);
                QuestionTally question = Objects.requireNonNull(state.get(questionKey, QuestionTally.class));
                if (tally.getRubricEpoch() != question.getRubricEpoch()) {
                    return;
                }
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

        private static void checkAgreement(
                String where, OptionalDouble alpha, UnitSums sums, Agreement found, List<String> breaches) {
            boolean same = alpha.isPresent() == found.alpha().isPresent()
                    && Math.abs(alpha.orElse(0) - found.alpha().orElse(0)) <= ALPHA_TOLERANCE;
            if (!same || sums.units() != found.units() || sums.labels() != found.labels()) {
                breaches.add(where + "agreement is " + found + " (expected: " + alpha + " over " + sums.labels()
                        + " labels on " + sums.units() + " items)");
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

    /** What the items of a question add up to; the last number of each row is how many there are. */
    private static final class Sums {
        private final String question;
        private final List<String> classes;
        private final Map<String, long[]> counts = new TreeMap<>();
        private final UnitSums all;
        private final UnitSums explored;

        Sums(String question, List<String> classes, @Nullable RatingScale scale) {
            this.question = question;
            this.classes = classes;
            this.all = new UnitSums(classes, scale);
            this.explored = new UnitSums(classes, scale);
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
}
