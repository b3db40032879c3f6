package dev.heed.whatif;

import dev.heed.fact.Triaged;
import dev.heed.items.Questions;
import dev.heed.items.Scores;
import dev.heed.math.Micros;
import dev.heed.out.Judgment;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What goes wrong where nobody looks, estimated from what was looked at. An item goes wrong when triage, left alone,
 * takes an action that loses more than the best one for the answer that people gave.
 *
 * <p>Each item that the record judged stands for 1/p items like it, where p is the chance that it was looked at; of these
 * the share 1 − π goes unseen, where π is that chance under the policy in question (Horvitz and Thompson 1952). Items are
 * drawn one by one, so the variance is Σ y²(1 − p)/p².
 *
 * @param items how many items go wrong unseen
 * @param loss what they lose: regret times exposure
 * @param explored judged items that were looked at by chance, on which all of this rests
 */
public record MissedRisk(Interval items, Interval loss, long explored, List<Moment> moments) {
    private static final double NORMAL_95 = 1.959963984540054;
    /** −ln .05: with so many expected, none is found in 5 % of cases. */
    private static final double NONE_FOUND_95 = 2.995732273553991;

    /** An estimate with its interval at 95 %; from NaN to NaN where nothing was explored. */
    public record Interval(double estimate, double low, double high) {}

    /** How much is missed on items first looked at up to a time, milliseconds since the epoch. */
    public record Moment(long timeMs, double loss) {}

    /**
     * Estimates for one of the two runs.
     *
     * @param recorded what was judged
     * @param run the record itself, or the other run
     * @param questions the policy whose losses count, for both
     * @param explorationMicros chance of being looked at where the run decided nothing else
     */
    public static MissedRisk of(Ledger recorded, Ledger run, Policy questions, long explorationMicros) {
        Sum items = new Sum();
        Sum loss = new Sum();
        List<Moment> moments = new ArrayList<>();
        long explored = 0;
        for (Map.Entry<String, Judgment> each : recorded.judgments().entrySet()) {
            String item = each.getKey();
            Question question = Questions.find(questions, each.getValue().getQuestionId());
            Triaged look = run.looks().get(item);
            if (question == null || look == null) {
                continue;
            }
            double p = chance(recorded, item, explorationMicros);
            double missed = 1 - chance(run, item, explorationMicros);
            explored += p < 1 ? 1 : 0;
            double regret =
                    Scores.regret(question, look.getAction(), each.getValue().getClassName());
            double risk = regret * Micros.toDouble(look.getScores().getExposureMicros());
            items.add(regret > 0 ? missed : 0, missed, p);
            loss.add(risk * missed, Micros.toDouble(look.getScores().getExposureMicros()) * missed, p);
            moments.add(new Moment(run.firstLooks().getOrDefault(item, 0L), risk * missed / p));
        }
        moments.sort((a, b) -> Long.compare(a.timeMs(), b.timeMs()));
        return new MissedRisk(items.interval(), loss.interval(), explored, List.copyOf(moments));
    }

    private static double chance(Ledger run, String item, long explorationMicros) {
        long asked = run.propensityMicros(item);
        Judgment judgment = run.judgments().get(item);
        long micros = asked > 0 ? asked : judgment != null ? judgment.getPropensityMicros() : explorationMicros;
        return Micros.toDouble(Math.max(1, micros));
    }

    /** A weighted sum and what is needed for its interval. */
    private static final class Sum {
        private double total;
        private double variance;
        private double weightExplored;
        private long explored;

        /** @param most what the item would add if it went wrong in the worst way */
        void add(double value, double most, double p) {
            total += value / p;
            variance += value * value * (1 - p) / (p * p);
            if (p < 1) {
                weightExplored += most / p;
                explored++;
            }
        }

        Interval interval() {
            if (explored == 0) {
                return new Interval(total, Double.NaN, Double.NaN);
            }
            double half = NORMAL_95 * StrictMath.sqrt(variance);
            double high = variance == 0 ? total + NONE_FOUND_95 * weightExplored / explored : total + half;
            return new Interval(total, Math.max(0, total - half), high);
        }
    }
}
