package dev.heed.runner.evaluate;

import dev.heed.core.Outgoing;
import dev.heed.event.FeedbackKind;
import dev.heed.event.RaterKind;
import dev.heed.journal.GoldAssigned;
import dev.heed.journal.LabelsSubmitted;
import dev.heed.journal.SubmittedLabel;
import dev.heed.journal.Tick;
import dev.heed.policy.Question;
import dev.heed.policy.RaterTrust;
import dev.heed.runner.study.CalibrationInMemory;
import dev.heed.runner.study.QuietPolicy;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The calibration stage itself, with one question and its state in memory: what simulated raters are put through. */
final class CalibrationRun {
    static final String QUESTION = "violation";
    static final String OK = "ok";
    static final String BAD = "bad";

    private final CalibrationInMemory stage = new CalibrationInMemory(QUESTION);
    private long nowMs;

    /** @param rule what raters are held to, or null to test nobody */
    CalibrationRun(@Nullable RaterTrust rule, long explorationMicros) {
        Question question = QuietPolicy.question(QUESTION, FeedbackKind.LABEL, List.of(OK, BAD))
                .build();
        stage.step(QuietPolicy.policy("simulation", 0, question)
                .setExplorationMicros(explorationMicros)
                .setRaterTrust(rule)
                .build());
    }

    /** A gold item that the rater answers blind. */
    List<SpecificRecord> gold(String item, String raterId, boolean right) {
        stage.step(new GoldAssigned(item, QUESTION, BAD, ""));
        String said = right ? BAD : OK;
        SubmittedLabel label = SubmittedLabel.newBuilder()
                .setLabelId(raterId + "|" + item)
                .setRaterId(raterId)
                .setRaterKind(RaterKind.HUMAN)
                .setClassName(said)
                .setBlind(true)
                .build();
        return stage.facts(new LabelsSubmitted(item, QUESTION, 1_000_000L, List.of(label)));
    }

    /** An item that was judged, drawn with this probability, and what a detector had said of it. */
    void judged(String item, boolean violation, String detectorId, boolean flagged, long propensityMicros) {
        stage.step(new GoldAssigned(item, QUESTION, violation ? BAD : OK, ""));
        SubmittedLabel verdict = SubmittedLabel.newBuilder()
                .setLabelId("verdict|" + item)
                .setRaterId(detectorId)
                .setRaterKind(RaterKind.DETECTOR)
                .setClassName(flagged ? BAD : OK)
                .setThresholdMicros(500_000L)
                .build();
        stage.step(new LabelsSubmitted(item, QUESTION, propensityMicros, List.of(verdict)));
    }

    List<Outgoing> tickAfter(long elapsedMs) {
        nowMs += elapsedMs;
        return stage.step(new Tick(nowMs)).outgoing();
    }
}
