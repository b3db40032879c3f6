package dev.heed.bench;

import dev.heed.calibration.CalibrationStage;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.StageRunner;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.math.Micros;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

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

    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final Envelope envelope = new Envelope(CalibrationEvent.getClassSchema());
    private final MemoryState state = new MemoryState();
    private long offset;

    /** Fills the state. */
    @Setup
    public void fill() {
        send(policy());
        for (int item = 0; item < items; item++) {
            List<SubmittedLabel> labels = new ArrayList<>();
            for (int place = 0; place < LABELS; place++) {
                labels.add(label(item, place, item));
            }
            submit(item, labels);
        }
    }

    /** A label is absorbed. */
    @Benchmark
    public Object absorb() {
        int item = (int) (offset % items);
        return submit(item, List.of(label(item, (int) (offset % LABELS), (int) (offset / LABELS))));
    }

    private Object submit(int item, List<SubmittedLabel> labels) {
        return send(new LabelsSubmitted("item-" + item, QUESTION, Micros.ONE, labels));
    }

    private Object send(SpecificRecord event) {
        return runner.step(state, offset++, QUESTION, envelope.wrap(event));
    }

    /** Raters are right two times in three, and wrong in turns. */
    private SubmittedLabel label(int item, int place, int turn) {
        int said = (place + turn) % 3 == 0 ? turn : item;
        return SubmittedLabel.newBuilder()
                .setLabelId("label-" + offset + "-" + place)
                .setRaterId("rater-" + (item * 7 + place) % RATERS)
                .setRaterKind(RaterKind.HUMAN)
                .setVendorGroup("")
                .setClassName(CLASSES.get(said % CLASSES.size()))
                .build();
    }

    private static Policy policy() {
        Question question = Question.newBuilder()
                .setQuestionId(QUESTION)
                .setClasses(CLASSES)
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of())
                .setLabelCostMicros(0)
                .setMinRaters(1)
                .setMaxRaters(LABELS)
                .setLookAhead(1)
                .setPool("pool")
                .setRubricVersion("1")
                .build();
        return Policy.newBuilder()
                .setEventId("policy")
                .setPolicyVersion(1)
                .setName("bench")
                .setOccurredAtMs(0)
                .setQuestions(List.of(question))
                .setPools(List.of())
                .setEscalationLevels(List.of())
                .setExplorationMicros(0)
                .setNoveltyHalfLifeMs(1)
                .setHoldoutMicros(0)
                .build();
    }
}
