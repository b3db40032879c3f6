package dev.heed.runner.cluster;

import dev.heed.core.Channel;
import dev.heed.intake.shape.PolicyShape;
import dev.heed.journal.ItemsEvent;
import dev.heed.policy.Policy;
import dev.heed.runner.Failure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Publishes a policy and waits until every event that is published afterwards will be decided under it. */
public final class PolicyInForce {
    private static final Duration POLL = Duration.ofMillis(100);

    private final int version;
    private final Set<Integer> partitions = new HashSet<>();

    private PolicyInForce(int version) {
        this.version = version;
    }

    /**
     * Publishes the policy and waits until it stands in every partition of the journals. They are written in one
     * transaction, so those of items stand for all.
     *
     * @throws Failure if it does not within the time
     */
    public static void publish(Cluster cluster, Policy policy, Duration atMost) throws InterruptedException {
        String topic = cluster.topic(Channel.POLICIES);
        try (Producer<String, byte[]> producer = cluster.producer("heed-policy")) {
            byte[] bytes = cluster.serde().serializer().serialize(topic, policy);
            producer.send(new ProducerRecord<>(topic, PolicyShape.KEY, bytes)).get();
        } catch (ExecutionException refused) {
            throw new Failure("the broker refused the policy: " + refused.getCause(), refused);
        }
        PolicyInForce wanted = new PolicyInForce(policy.getPolicyVersion());
        long deadline = System.nanoTime() + atMost.toNanos();
        try (CommittedReader reader =
                new CommittedReader(cluster, "heed-policy", List.of(Channel.ITEMS_JOURNAL), List.of(), wanted::read)) {
            while (wanted.partitions.size() < reader.partitions()) {
                if (System.nanoTime() > deadline) {
                    throw new Failure("policy version " + policy.getPolicyVersion() + " is not in force after "
                            + atMost.toSeconds() + " s (is the loop running? see 'heed tail dead-letters --from"
                            + " beginning')");
                }
                reader.poll(POLL);
            }
        }
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        if (value instanceof ItemsEvent event
                && event.getPolicy() != null
                && event.getPolicy().getPolicyVersion() >= version) {
            partitions.add(record.partition());
        }
    }
}
