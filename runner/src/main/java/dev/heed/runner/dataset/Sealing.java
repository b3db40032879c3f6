package dev.heed.runner.dataset;

import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Coordinates;
import dev.heed.event.Seal;
import dev.heed.fact.DatasetCut;
import dev.heed.fact.VersionsFact;
import dev.heed.out.DatasetVersion;
import dev.heed.out.DeadLetter;
import dev.heed.runner.Failure;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Asks for a seal and waits for its version. */
final class Sealing {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String eventId = "seal-" + UUID.randomUUID();
    private final TreeSet<Integer> cut = new TreeSet<>();
    private @Nullable Coordinates published;
    private @Nullable String refusal;
    private @Nullable DatasetVersion version;
    private int partitions;

    private Sealing() {}

    /**
     * Seals a dataset.
     *
     * @param actor who asks
     * @throws Failure when the loop refuses it, with the loop's reason, or the version is not there in time, with the
     *     partitions that have cut
     */
    static DatasetVersion seal(Cluster cluster, String dataset, String actor, Duration atMost) {
        Sealing sealing = new Sealing();
        sealing.publish(cluster, dataset, actor);
        return sealing.await(cluster, dataset, atMost);
    }

    private void publish(Cluster cluster, String dataset, String actor) {
        Action action = Action.newBuilder()
                .setEventId(eventId)
                .setTargetId(dataset)
                .setActor(actor)
                .setOccurredAtMs(System.currentTimeMillis())
                .setSeal(new Seal(dataset))
                .build();
        String topic = cluster.topic(Channel.ACTIONS);
        try (Producer<String, byte[]> producer = cluster.producer("heed-dataset")) {
            byte[] bytes = cluster.serde().serializer().serialize(topic, action);
            RecordMetadata sent =
                    producer.send(new ProducerRecord<>(topic, dataset, bytes)).get();
            published = new Coordinates(sent.topic(), sent.partition(), sent.offset());
        } catch (ExecutionException refused) {
            throw new Failure("the broker refused the seal: " + refused.getCause(), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while the seal was being sent", interrupted);
        }
    }

    private DatasetVersion await(Cluster cluster, String dataset, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Channel> answers = List.of(Channel.VERSIONS_FACTS, Channel.DEAD_LETTERS);
        try (CommittedReader reader = new CommittedReader(cluster, "heed-dataset", answers, List.of(), this::read)) {
            while (version == null && refusal == null && System.nanoTime() < deadline) {
                reader.poll(POLL);
            }
        }
        if (refusal != null) {
            throw new Failure(dataset + ": the seal was refused: " + refusal);
        }
        if (version == null) {
            String so =
                    partitions == 0 ? "no partition has cut" : "partitions " + cut + " of " + partitions + " have cut";
            throw new Failure(dataset + ": not sealed after " + atMost.toSeconds() + " s: " + so
                    + " (is the loop running? the seal stays open, and 'heed dataset list' shows its version when the"
                    + " last partition has cut)");
        }
        return version;
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        if (value instanceof DeadLetter letter && letter.getSource().equals(published)) {
            refusal = letter.getReason();
        }
        if (!(value instanceof VersionsFact fact)) {
            return;
        }
        if (fact.getCutCollected() != null) {
            DatasetCut collected = fact.getCutCollected().getCut();
            if (collected.getEventId().equals(eventId)) {
                partitions = collected.getPartitions();
                cut.add(collected.getCut().getPartition());
            }
        } else if (fact.getVersionSealed() != null
                && fact.getVersionSealed().getVersion().getSealEventId().equals(eventId)) {
            version = fact.getVersionSealed().getVersion();
        }
    }
}
