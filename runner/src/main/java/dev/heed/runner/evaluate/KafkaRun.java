package dev.heed.runner.evaluate;

import dev.heed.runner.Failure;

/** A study through the loop on an embedded broker. */
final class KafkaRun {
    private KafkaRun() {}

    static StudyFigures run(LabelStudy study) {
        throw new Failure("not yet " + study);
    }
}
