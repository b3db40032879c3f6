package dev.heed.runner.evaluate;

import dev.heed.calibration.CalibrationStage;
import dev.heed.core.Envelope;
import dev.heed.core.MemoryState;
import dev.heed.core.Outgoing;
import dev.heed.core.StageRunner;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.journal.CalibrationEvent;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.Tick;
import dev.heed.policy.LossRow;
import dev.heed.policy.Policy;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The calibration stage itself, with one question and its state in memory: what simulated raters are put through. */
final class CalibrationRun {
    static final String QUESTION = "violation";
    static final String OK = "ok";
    static final String BAD = "bad";

    private final StageRunner runner = new StageRunner(CalibrationStage.create());
    private final Envelope events = new Envelope(CalibrationEvent.getClassSchema());
    private final MemoryState state = new MemoryState();
    private long offset;
    private long nowMs;

    /** @param rule what raters are held to, or null to test nobody */
    CalibrationRun(@Nullable RaterTrust rule, long explorationMicros) {
        Question question = Question.newBuilder()
                .setQuestionId(QUESTION)
                .setClasses(List.of(OK, BAD))
                .setKind(FeedbackKind.LABEL)
                .setLoss(List.of(new LossRow(OK, List.of(0L, 1_000_000L)), new LossRow(BAD, List.of(1_000_000L, 0L))))
                .setLabelCostMicros(10_000)
                .setMinRaters(1)
                .setMaxRaters(5)
                .setLookAhead(3)
                .setPool("pool")
                .setRubricVersion("1")
                .build();
        send(Policy.newBuilder()
                .setEventId("policy")
                .setPolicyVersion(1)
                .setName("simulation")
                .setOccurredAtMs(0)
                .setQuestions(List.of(question))
                .setPools(List.of())
                .setEscalationLevels(List.of())
                .setExplorationMicros(explorationMicros)
                .setNoveltyHalfLifeMs(3_600_000)
                .setHoldoutMicros(0)
                .setRaterTrust(rule)
                .build());
    }

    /** A gold item that the rater answers blind. */
    List<SpecificRecord> gold(String item, String raterId, boolean right) {
        send(new GoldAssigned(item, QUESTION, BAD));
        String said = right ? BAD : OK;
        SubmittedLabel label = SubmittedLabel.newBuilder()
                .setLabelId(raterId + "|" + item)
                .setRaterId(raterId)
                .setRaterKind(RaterKind.HUMAN)
                .setClassName(said)
                .setBlind(true)
                .build();
        return send(new LabelsSubmitted(item, QUESTION, 1_000_000L, List.of(label)));
    }

    /** An item that was judged, drawn with this probability, and what a detector had said of it. */
    void judged(String item, boolean violation, String detectorId, boolean flagged, long propensityMicros) {
        send(new GoldAssigned(item, QUESTION, violation ? BAD : OK));
        SubmittedLabel verdict = SubmittedLabel.newBuilder()
                .setLabelId("verdict|" + item)
                .setRaterId(detectorId)
                .setRaterKind(RaterKind.DETECTOR)
                .setClassName(flagged ? BAD : OK)
                .setThresholdMicros(500_000L)
                .build();
        send(new LabelsSubmitted(item, QUESTION, propensityMicros, List.of(verdict)));
    }

    List<Outgoing> tickAfter(long elapsedMs) {
        nowMs += elapsedMs;
        return step(new Tick(nowMs)).outgoing();
    }

    /** The facts that the event led to. */
    private List<SpecificRecord> send(SpecificRecord event) {
        List<SpecificRecord> facts = new ArrayList<>();
        for (SpecificRecord fact : step(event).facts()) {
            facts.add(runner.fact(fact));
        }
        return facts;
    }

    private StageRunner.Outcome step(SpecificRecord event) {
        return runner.step(state, offset++, QUESTION, events.wrap(event));
    }
}
