package dev.heed.runner.evaluate;

import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.event.Feedback;
import dev.heed.event.Interaction;
import dev.heed.runner.Failure;
import dev.heed.runner.TemporaryDirectory;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.loop.EmbeddedLoop;
import dev.heed.topology.LoopSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** A study through the loop on an embedded broker, in a directory of its own that is deleted afterwards. */
final class KafkaRun {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(60);
    /** How long nothing may move before the run is given up. */
    private static final Duration STILL = Duration.ofSeconds(60);

    /**
     * Most labels under way. Partitions are read in turns, so what is published all at once is worked off partition by
     * partition, which is no arrival order any more.
     */
    private static final int UNDER_WAY = 100;

    private final EmbeddedLoop loop;
    private final LabelStudy study;
    private final StudyEvents events;
    private final StudyOutcome outcome;
    private final Serializer<SpecificRecord> values;
    private final Set<String> arrived = new HashSet<>();

    private KafkaRun(EmbeddedLoop loop, LabelStudy study) {
        this.loop = loop;
        this.study = study;
        this.events = new StudyEvents(study, System.currentTimeMillis());
        this.outcome = new StudyOutcome(events);
        this.values = loop.cluster().serde().serializer();
    }

    static StudyFigures run(LabelStudy study) throws InterruptedException {
        try (TemporaryDirectory data = TemporaryDirectory.create();
                EmbeddedLoop loop = EmbeddedLoop.start(
                        EmbeddedPlatform.start(data.path().resolve("platform"), 0, 0),
                        data.path().resolve("streams"),
                        new byte[LoopSettings.MIN_SEED_BYTES],
                        KeyFile.in(data.path()))) {
            return new KafkaRun(loop, study).run();
        }
    }

    private StudyFigures run() throws InterruptedException {
        Cluster cluster = loop.cluster();
        PolicyInForce.publish(cluster, events.policy(), UNTIL_IN_FORCE);
        List<Channel> watched = List.of(Channel.JUDGMENTS, Channel.CALIBRATION_FACTS, Channel.TRIAGE);
        try (Producer<String, byte[]> producer = cluster.producer("heed-evaluate");
                CommittedReader reader =
                        new CommittedReader(cluster, "heed-evaluate", watched, List.of(), (channel, record, value) -> {
                            if (channel == Channel.TRIAGE) {
                                arrived.add(record.key());
                            } else if (value != null) {
                                outcome.read(value);
                            }
                        })) {
            for (Interaction interaction : events.interactions()) {
                send(producer, Channel.INTERACTIONS, interaction.getInteractionId(), interaction);
            }
            await(reader, "items triaged", () -> arrived.size() >= study.items().size());
            long started = System.nanoTime();
            for (int i = 0; i < study.labels().size(); i++) {
                Feedback feedback = events.feedback(i);
                send(producer, Channel.FEEDBACK, feedback.getInteractionId(), feedback);
                long soon = i + 1L - UNDER_WAY;
                await(reader, "labels judged", () -> outcome.labelsJudged() >= soon);
            }
            producer.flush();
            await(
                    reader,
                    "labels judged",
                    () -> outcome.labelsJudged() >= study.labels().size());
            double seconds = (System.nanoTime() - started) / 1e9;
            await(reader, "labels in a report of agreement", () -> outcome.labelsAgreed() >= study.sharedLabels());
            return StudyFigures.of(study, outcome, seconds);
        }
    }

    private void send(Producer<String, byte[]> producer, Channel channel, String key, SpecificRecord event) {
        String topic = loop.cluster().topic(channel);
        producer.send(new ProducerRecord<>(topic, key, values.serialize(topic, event)));
    }

    private void await(CommittedReader reader, String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + STILL.toNanos();
        while (!reached.getAsBoolean()) {
            loop.check();
            if (reader.poll(POLL) > 0) {
                deadline = System.nanoTime() + STILL.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new Failure("waiting for all " + what + ", but nothing happened for " + STILL.toSeconds() + " s");
            }
        }
    }
}
