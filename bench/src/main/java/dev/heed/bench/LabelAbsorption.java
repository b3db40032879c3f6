package dev.heed.bench;

import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.policy.Question;
import dev.heed.runner.study.CalibrationInMemory;
import dev.heed.runner.study.QuietPolicy;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One label after the other into the calibration stage, on items that have 10 labels of 5 classes each. Each label
 * replaces the same rater's earlier one, so that the items keep their 10 labels however long it runs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LabelAbsorption {
    private static final String QUESTION = "q";
    private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e");
    private static final int LABELS = 10;
    private static final int RATERS = 50;

    /** How many items are stored. */
    @Param({"10", "1000", "100000"})
    public int items;

    private final CalibrationInMemory stage = new CalibrationInMemory(QUESTION);
    private long offset;

    /** Fills the state. */
    @Setup
    public void fill() {
        Question question =
                QuietPolicy.question(QUESTION, FeedbackKind.LABEL, CLASSES).build();
        send(QuietPolicy.policy("bench", 0, question).build());
        for (int item = 0; item < items; item++) {
            List<SubmittedLabel> labels = new ArrayList<>();
            for (int place = 0; place < LABELS; place++) {
                labels.add(label(item, place, item));
            }
            submit(item, labels);
        }
    }

    /** What the thread itself spent: unlike the time that passed, it hardly depends on what else the machine does. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Spent {
        /** Processor time of the thread in an iteration. */
        public long cpuNanos;
        /** Labels absorbed in it. */
        public long labels;

        private long before;

        /** Before an iteration. */
        @Setup(Level.Iteration)
        public void start() {
            before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        /** After it. */
        @TearDown(Level.Iteration)
        public void stop() {
            cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        }
    }

    /** A label is absorbed. */
    @Benchmark
    public Object absorb(Spent spent) {
        spent.labels++;
        int item = (int) (offset % items);
        return submit(item, List.of(label(item, (int) (offset % LABELS), (int) (offset / LABELS))));
    }

    private Object submit(int item, List<SubmittedLabel> labels) {
        return send(new LabelsSubmitted("item-" + item, QUESTION, Micros.ONE, labels));
    }

    private Object send(SpecificRecord event) {
        offset++;
        return stage.step(event);
    }

    /** Raters are right two times in three, and wrong in turns. */
    private SubmittedLabel label(int item, int place, int turn) {
        int said = (place + turn) % 3 == 0 ? turn : item;
        // Not by a builder: looking its defaults up would be measured as well.
        return new SubmittedLabel(
                "label-" + offset + "-" + place,
                "rater-" + (item * 7 + place) % RATERS,
                RaterKind.HUMAN,
                "",
                CLASSES.get(said % CLASSES.size()),
                false,
                null,
                null,
                null,
                List.of(),
                null,
                "",
                false);
    }
}
