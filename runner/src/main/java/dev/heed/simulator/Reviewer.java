package dev.heed.simulator;

import java.util.List;
import java.util.Objects;

/**
 * A person who answers tasks.
 *
 * @param id rater id
 * @param character what sort of worker
 * @param pools pools served, asked for work in turn
 * @param languages languages read; empty for all
 */
record Reviewer(String id, Character character, List<String> pools, List<String> languages) {
    /** The pool that those serve who are asked when others do not agree. */
    static final String SENIORS = "seniors";

    /** How often a reviewer is off, per simulated day. */
    private static final double OFF = 0.15;

    /** What sort of worker someone is: how often right, how fast, and what else goes wrong. */
    enum Character {
        EXCELLENT(.97, 900, 5_000, 0),
        GOOD(.88, 700, 4_000, .01),
        CARELESS(.68, 400, 2_500, .05),
        SPAMMING(0, 150, 400, 0);

        final double accuracy;
        final long fastestMs;
        final long slowestMs;
        final double forgets;

        Character(double accuracy, long fastestMs, long slowestMs, double forgets) {
            this.accuracy = accuracy;
            this.fastestMs = fastestMs;
            this.slowestMs = slowestMs;
            this.forgets = forgets;
        }
    }

    boolean isSenior() {
        return pools.contains(SENIORS);
    }

    /** Whether their answers are not worth having: careless, or not reading at all. */
    boolean isUnreliable() {
        return character == Character.CARELESS || character == Character.SPAMMING;
    }

    /** The class said to a question about this encounter. */
    String answer(long seed, Asked asked, Encounter encounter) {
        List<String> classes = asked.classes();
        String truth = Objects.requireNonNull(asked.truth(encounter), asked.id());
        Draw draw = Draw.of(seed, "answer", id, asked.id(), encounter.number());
        if (character == Character.SPAMMING) {
            return draw.happens(.9) ? classes.get(0) : draw.pick(classes);
        }
        if (draw.happens(character.accuracy)) {
            return truth;
        }
        int wrong = draw.below(classes.size() - 1);
        return classes.get(wrong < classes.indexOf(truth) ? wrong : wrong + 1);
    }

    /** How long the answer to a task takes. */
    long answerMs(long seed, String taskId) {
        return Draw.of(seed, "latency", id, taskId).skewed(character.fastestMs, character.slowestMs);
    }

    /** True when the task is never answered: the lease will lapse. */
    boolean forgets(long seed, String taskId) {
        return Draw.of(seed, "forgets", id, taskId).happens(character.forgets);
    }

    /** True on a working day. */
    boolean works(long seed, long day) {
        return !Draw.of(seed, "day", id, day).happens(OFF);
    }
}
