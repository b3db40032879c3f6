package dev.heed.runner.escalations;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Coordinates;
import dev.heed.out.DeadLetter;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Publishes an action, or another event, and waits for what the loop makes of it: a public record, or a dead letter. */
public final class ActionAnswer {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final Cluster cluster;

    public ActionAnswer(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The record that answers the action.
     *
     * @throws Failure if the loop refuses it, with the loop's reason, or says nothing in time
     */
    SpecificRecord to(Action action, Channel answers, Predicate<SpecificRecord> isAnswer) throws InterruptedException {
        return to(action, answers, isAnswer, value -> false);
    }

    /**
     * As {@link #to(Action, Channel, Predicate)}, of an action that takes its time.
     *
     * @param isProgress what says that the answer is being worked on, from when on it is waited for anew
     */
    public SpecificRecord to(
            Action action, Channel answers, Predicate<SpecificRecord> isAnswer, Predicate<SpecificRecord> isProgress)
            throws InterruptedException {
        return to(Channel.ACTIONS, action.getTargetId(), action, answers, isAnswer, isProgress);
    }

    /** As {@link #to(Action, Channel, Predicate, Predicate)}, of another event under its key. */
    public SpecificRecord to(
            Channel input,
            String key,
            SpecificRecord event,
            Channel answers,
            Predicate<SpecificRecord> isAnswer,
            Predicate<SpecificRecord> isProgress)
            throws InterruptedException {
        try (Consumer<String, byte[]> reader = cluster.reader("heed-escalations")) {
            // What was said before the action does not answer it.
            List<TopicPartition> partitions = new ArrayList<>();
            for (Channel channel : List.of(answers, Channel.DEAD_LETTERS)) {
                reader.partitionsFor(cluster.topic(channel))
                        .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            }
            reader.assign(partitions);
            reader.seekToEnd(partitions);
            partitions.forEach(reader::position);
            return await(reader, publish(cluster.topic(input), key, event), isAnswer, isProgress);
        }
    }

    private Coordinates publish(String topic, String key, SpecificRecord event) throws InterruptedException {
        try (Producer<String, byte[]> producer = cluster.producer("heed-escalations")) {
            byte[] bytes = cluster.serde().serializer().serialize(topic, event);
            RecordMetadata sent =
                    producer.send(new ProducerRecord<>(topic, key, bytes)).get();
            return new Coordinates(sent.topic(), sent.partition(), sent.offset());
        } catch (ExecutionException refused) {
            throw new Failure("the broker refused it: " + refused.getCause(), refused);
        }
    }

    private SpecificRecord await(
            Consumer<String, byte[]> reader,
            Coordinates published,
            Predicate<SpecificRecord> isAnswer,
            Predicate<SpecificRecord> isProgress) {
        Deserializer<SpecificRecord> values = cluster.serde().deserializer();
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                SpecificRecord value = values.deserialize(record.topic(), record.value());
                if (value instanceof DeadLetter letter) {
                    if (letter.getSource().equals(published)) {
                        throw new Failure(letter.getReason());
                    }
                } else if (isAnswer.test(value)) {
                    return value;
                } else if (isProgress.test(value)) {
                    deadline = System.nanoTime() + AT_MOST.toNanos();
                }
            }
        }
        throw new Failure("no answer after " + AT_MOST.toSeconds() + " s (is the loop running?)");
    }
}
