package dev.heed.runner.evaluate.gates;

import dev.heed.event.GatePlan;
import dev.heed.event.PairedResult;
import dev.heed.event.SliceMargin;
import dev.heed.event.Verdict;
import dev.heed.gates.OfflineGate;
import dev.heed.math.Bets;
import dev.heed.math.GateTest;
import dev.heed.math.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Puts simulated candidates through gates and counts wrong verdicts.
 *
 * @param runs gates of each case
 * @param pairs pairs of each gate
 */
record GateStudy(int runs, int pairs, double alpha, long seed) {
    private static final double MARGIN = 0.1;
    private static final int ATTEMPTS = 10;
    private static final int SLICES = 8;
    private static final double SMALL_MARGIN = 0.02;
    private static final double MAX_RATE = 0.02;
    private static final long DEADLINE_MS = 1_000;
    private static final int MOST_PAIRS = 4_000;

    /**
     * How often something came out wrong.
     *
     * @param atMost what the gate promises; 1 where it promises nothing
     */
    record Rate(String what, int runs, int wrong, double atMost) {}

    /**
     * How soon a regression of one of several slices is seen.
     *
     * @param median pairs of the slice until it fails
     * @param namedMedian until it can be named among all slices
     * @param found share of runs in which it fails at all
     */
    record Regression(int runs, int slices, double points, double margin, int median, int namedMedian, double found) {}

    List<Rate> rates() {
        Candidates same = new Candidates(seed, 0.15, 0.15);
        Candidates atMargin = new Candidates(seed, 0.2, 0.1);
        double level = GateTest.alphaForAttempt(alpha, 1);
        return List.of(
                rate(
                        "identical, looked at after every pair: FAIL",
                        level,
                        run -> honest(same, "same" + run) == Verdict.FAIL),
                rate(
                        "at the margin, looked at after every pair: PASS",
                        level,
                        run -> honest(atMargin, "margin" + run) == Verdict.PASS),
                rate(
                        "at the margin, losses held back for ever: PASS",
                        level,
                        run -> slow(atMargin, "slow" + run) == Verdict.PASS),
                rate(
                        "the same bet on as it arrives, wins first: PASS",
                        1,
                        run -> inOrderOfArrival(atMargin, "slow" + run)),
                rate("at the rate of a zero-tolerance slice: PASS", level, run -> clean("clean" + run) == Verdict.PASS),
                rate(
                        ATTEMPTS + " candidates of a line at the margin: any PASS",
                        alpha,
                        run -> resubmitted(atMargin, "again" + run)),
                rate("the same without sharing the level: any PASS", 1, run -> unshared(atMargin, "again" + run)));
    }

    private Rate rate(String what, double atMost, IntPredicate wrong) {
        return new Rate(what, runs, (int) IntStream.range(0, runs).filter(wrong).count(), atMost);
    }

    /** Every result comes, in the order of the pairs. */
    private Verdict honest(Candidates candidates, String run) {
        OfflineGate gate = gate(run);
        gate.plan(plan(run, "line", false));
        for (int pair = 0; pair < pairs; pair++) {
            gate.result(result(run, pair, candidates.differenceMicros(run, pair), false));
        }
        return closed(gate, run);
    }

    /** Only what is not a loss comes, wins first. */
    private Verdict slow(Candidates candidates, String run) {
        OfflineGate gate = gate(run);
        gate.plan(plan(run, "line", false));
        for (long wanted : new long[] {1_000_000, 0}) {
            for (int pair = 0; pair < pairs; pair++) {
                if (candidates.differenceMicros(run, pair) == wanted) {
                    gate.result(result(run, pair, wanted, false));
                }
            }
        }
        return closed(gate, run);
    }

    private boolean inOrderOfArrival(Candidates candidates, String run) {
        GateTest test = GateTest.start(MARGIN, alpha, 1);
        long[] arrives = IntStream.range(0, pairs)
                .mapToLong(pair -> -candidates.differenceMicros(run, pair))
                .sorted()
                .toArray();
        for (long difference : arrives) {
            test = test.observe(-difference / 1e6);
        }
        return test.verdict() == GateTest.Verdict.PASS;
    }

    private Verdict clean(String run) {
        Candidates candidates = new Candidates(seed, MAX_RATE, 0);
        OfflineGate gate = gate(run);
        gate.plan(plan(run, "line", true));
        for (int pair = 0; pair < pairs; pair++) {
            gate.result(result(run, pair, 0, candidates.differenceMicros(run, pair) < 0));
        }
        return closed(gate, run);
    }

    private boolean resubmitted(Candidates candidates, String run) {
        OfflineGate gate = gate(run);
        boolean passed = false;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String candidate = run + "-" + attempt;
            gate.plan(plan(candidate, "line", false));
            for (int pair = 0; pair < pairs; pair++) {
                gate.result(result(candidate, pair, candidates.differenceMicros(candidate, pair), false));
            }
            passed |= gate.verdict(candidate).orElseThrow().getVerdict() == Verdict.PASS;
        }
        return passed;
    }

    private boolean unshared(Candidates candidates, String run) {
        boolean passed = false;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            GateTest test = start(MARGIN, alpha);
            for (int pair = 0; pair < pairs; pair++) {
                test = test.observe(candidates.differenceMicros(run + "-" + attempt, pair) / 1e6);
            }
            passed |= test.verdict() == GateTest.Verdict.PASS;
        }
        return passed;
    }

    /** A candidate that is ten points worse on one slice and the same on the others, which all are bet on in turn. */
    Regression regression() {
        Candidates worse = new Candidates(seed, 0.15, 0.05);
        Candidates same = new Candidates(seed, 0.1, 0.1);
        int[] failed = new int[runs];
        int[] named = new int[runs];
        double level = GateTest.alphaForAttempt(alpha, 1);
        for (int run = 0; run < runs; run++) {
            GateTest[] tests = new GateTest[SLICES];
            Arrays.fill(tests, start(SMALL_MARGIN, level));
            failed[run] = named[run] = MOST_PAIRS;
            for (int pair = 0; pair < MOST_PAIRS && named[run] == MOST_PAIRS; pair++) {
                for (int slice = 0; slice < SLICES; slice++) {
                    Candidates candidates = slice == 0 ? worse : same;
                    tests[slice] = tests[slice].observe(
                            candidates.differenceMicros("regression" + run + "-" + slice, pair) / 1e6);
                }
                if (failed[run] == MOST_PAIRS && tests[0].verdict() == GateTest.Verdict.FAIL) {
                    failed[run] = pair + 1;
                }
                double[] evidence = Arrays.stream(tests)
                        .mapToDouble(GateTest::failLogEvidence)
                        .toArray();
                if (GateTest.failedSlices(evidence, level).contains(0)) {
                    named[run] = pair + 1;
                }
            }
        }
        double found = Arrays.stream(failed).filter(pair -> pair < MOST_PAIRS).count() / (double) runs;
        return new Regression(runs, SLICES, 0.1, SMALL_MARGIN, median(failed), median(named), found);
    }

    private static int median(int[] numbers) {
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static GateTest start(double margin, double level) {
        return new GateTest(margin, level, Bets.none(), 0, 0, GateTest.Verdict.INCONCLUSIVE, 0, GateTest.Digits.NANOS);
    }

    private OfflineGate gate(String run) {
        byte[] secret = (seed + run).getBytes(StandardCharsets.UTF_8);
        return new OfflineGate(KeyedHash.hex(secret, "gate").getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict closed(OfflineGate gate, String candidate) {
        for (int tick = 0; tick == 0 || !gate.verdict(candidate).orElseThrow().getLatched(); tick++) {
            gate.tick(DEADLINE_MS + tick);
        }
        return gate.verdict(candidate).orElseThrow().getVerdict();
    }

    private GatePlan plan(String candidate, String line, boolean clean) {
        List<String> clusters = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            clusters.add("pair-" + pair);
        }
        SliceMargin slice = SliceMargin.newBuilder()
                .setSlice("all")
                .setMarginMicros(clean ? 0 : StrictMath.round(MARGIN * 1e6))
                .setZeroTolerance(clean)
                .setMaxRateMicros(clean ? StrictMath.round(MAX_RATE * 1e6) : 0)
                .setClusters(clusters)
                .build();
        return GatePlan.newBuilder()
                .setEventId("plan-" + candidate)
                .setCandidateId(candidate)
                .setReferenceId("reference")
                .setModelDigest("none")
                .setMetric("metric")
                .setLine(line)
                .setAlphaMicros(StrictMath.round(alpha * 1e6))
                .setSlices(List.of(slice))
                .setDeadlineMs(DEADLINE_MS)
                .setOccurredAtMs(0)
                .build();
    }

    private static PairedResult result(String candidate, int pair, long differenceMicros, boolean violated) {
        return PairedResult.newBuilder()
                .setEventId("result-" + pair)
                .setCandidateId(candidate)
                .setSlice("all")
                .setCluster("pair-" + pair)
                .setDifferenceMicros(differenceMicros)
                .setViolated(violated)
                .setOccurredAtMs(0)
                .build();
    }
}
