package dev.heed.runner.subject;

import dev.heed.core.Channel;
import dev.heed.event.Consent;
import dev.heed.fact.ConsentRecorded;
import dev.heed.fact.FanOutAdvanced;
import dev.heed.fact.FanOutFinished;
import dev.heed.fact.SubjectsFact;
import dev.heed.out.DeadLetter;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Publishes what a subject says and waits until all its interactions were told. */
final class ConsentAnswer {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Cluster cluster;
    private @Nullable RecordMetadata published;
    private @Nullable ConsentRecorded recorded;
    private @Nullable FanOutFinished finished;
    private @Nullable String refusal;
    private long deadline = Long.MAX_VALUE;

    ConsentAnswer(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * How many interactions were told.
     *
     * @throws Failure if the loop refuses it, with the loop's reason, or says nothing in time
     */
    long to(Consent consent) throws InterruptedException {
        List<Channel> answers = List.of(Channel.SUBJECTS_FACTS, Channel.DEAD_LETTERS);
        published = publish(consent);
        try (CommittedReader reader = new CommittedReader(
                cluster, "heed-subject", answers, List.of(), (channel, record, value) -> read(consent, value))) {
            deadline = System.nanoTime() + AT_MOST.toNanos();
            while (System.nanoTime() < deadline) {
                reader.poll(POLL);
                if (refusal != null) {
                    throw new Failure(refusal);
                } else if (finished != null) {
                    return finished.getInteractions();
                }
            }
        }
        throw new Failure("no answer after " + AT_MOST.toSeconds() + " s (is the loop running?)");
    }

    private RecordMetadata publish(Consent consent) throws InterruptedException {
        String topic = cluster.topic(Channel.CONSENTS);
        try (Producer<String, byte[]> producer = cluster.producer("heed-subject")) {
            byte[] bytes = cluster.serde().serializer().serialize(topic, consent);
            return producer.send(new ProducerRecord<>(topic, consent.getSubjectId(), bytes))
                    .get();
        } catch (ExecutionException refused) {
            throw new Failure("the broker refused the consent: " + refused.getCause(), refused);
        }
    }

    private void read(Consent consent, @Nullable SpecificRecord value) {
        if (value instanceof DeadLetter letter && isAbout(letter)) {
            refusal = letter.getReason();
        } else if (value instanceof SubjectsFact fact) {
            ConsentRecorded record = fact.getConsentRecorded();
            if (record != null && record.getConsent().getEventId().equals(consent.getEventId())) {
                recorded = record;
            }
            if (recorded != null) {
                progress(recorded, fact.getFanOutAdvanced(), fact.getFanOutFinished());
            }
        }
    }

    private void progress(ConsentRecorded mine, @Nullable FanOutAdvanced step, @Nullable FanOutFinished end) {
        String subject = mine.getConsent().getSubject();
        if (step != null && step.getSubject().equals(subject)) {
            deadline = System.nanoTime() + AT_MOST.toNanos();
        } else if (end != null && end.getSubject().equals(subject) && end.getEpoch() >= mine.getEpoch()) {
            finished = end;
        }
    }

    private boolean isAbout(DeadLetter letter) {
        return published != null
                && letter.getSource().getTopic().equals(published.topic())
                && letter.getSource().getPartition() == published.partition()
                && letter.getSource().getOffset() == published.offset();
    }
}
