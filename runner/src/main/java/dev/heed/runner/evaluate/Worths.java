package dev.heed.runner.evaluate;

import dev.heed.fact.BeliefUpdated;
import dev.heed.items.Models;
import dev.heed.math.Belief;
import dev.heed.math.LabelValue;
import dev.heed.math.Micros;

/** What one more label may be taken to be worth. */
final class Worths {
    /** As far ahead as a policy may look. */
    private static final int LOOK_AHEAD = 5;

    private Worths() {}

    /** The loop's own: how much risk a label is expected to take away, when each wrong answer costs one. */
    static long value(double[] belief, BeliefUpdated told) {
        int classes = belief.length;
        int ahead = LOOK_AHEAD;
        while (ahead > 1 && !LabelValue.canLookAhead(classes, ahead)) {
            ahead--;
        }
        double[][] typical = Models.matrix(told.getNextRaterMatrixMicros(), classes);
        return Micros.of(LabelValue.of(belief, oneForEachMistake(classes), 1, typical, ahead)
                .valuePerLabel());
    }

    /** As a threshold on confidence has it: the less sure the likeliest class, the more. */
    static long doubt(double[] belief, BeliefUpdated told) {
        return Micros.ONE - Micros.of(belief[Belief.argmax(belief)]);
    }

    private static double[][] oneForEachMistake(int classes) {
        double[][] loss = new double[classes][classes];
        for (int action = 0; action < classes; action++) {
            for (int truth = 0; truth < classes; truth++) {
                loss[action][truth] = action == truth ? 0 : 1;
            }
        }
        return loss;
    }
}
