package dev.heed.runner.cluster;

import dev.heed.core.Channel;
import dev.heed.intake.shape.PolicyShape;
import dev.heed.journal.ItemsEvent;
import dev.heed.policy.Policy;
import dev.heed.runner.Failure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Publishes a policy and waits until every event that is published afterwards will be decided under it. */
public final class PolicyInForce {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Policy policy;
    private final Set<Integer> partitions = new HashSet<>();
    private @Nullable Policy taken;

    private PolicyInForce(Policy policy) {
        this.policy = policy;
    }

    /**
     * Publishes the policy and waits until it stands in every partition of the journals. They are written in one
     * transaction, so those of items stand for all. A version is published once: with the same content again it is
     * already there.
     *
     * @throws Failure if it is not in force within the time, or if its version exists with other content
     */
    public static void publish(Cluster cluster, Policy policy, Duration atMost) throws InterruptedException {
        PolicyInForce wanted = new PolicyInForce(policy);
        long deadline = System.nanoTime() + atMost.toNanos();
        try (CommittedReader reader =
                new CommittedReader(cluster, "heed-policy", List.of(Channel.ITEMS_JOURNAL), List.of(), wanted::read)) {
            while (!reader.caughtUp()) {
                reader.poll(POLL);
            }
            wanted.refuseIfTaken();
            send(cluster, policy);
            while (wanted.partitions.size() < reader.partitions()) {
                if (System.nanoTime() > deadline) {
                    throw new Failure("policy version " + policy.getPolicyVersion() + " is not in force after "
                            + atMost.toSeconds() + " s (is the loop running? see 'heed tail dead-letters --from"
                            + " beginning')");
                }
                reader.poll(POLL);
            }
        }
        wanted.refuseIfTaken();
    }

    private static void send(Cluster cluster, Policy policy) throws InterruptedException {
        String topic = cluster.topic(Channel.POLICIES);
        try (Producer<String, byte[]> producer = cluster.producer("heed-policy")) {
            byte[] bytes = cluster.serde().serializer().serialize(topic, policy);
            producer.send(new ProducerRecord<>(topic, PolicyShape.KEY, bytes)).get();
        } catch (ExecutionException refused) {
            throw new Failure("the broker refused the policy: " + refused.getCause(), refused);
        }
    }

    private void refuseIfTaken() {
        if (taken != null) {
            throw new Failure("policy version " + policy.getPolicyVersion() + " exists with other content, as "
                    + taken.getName() + ": " + String.join(", ", differences(taken, policy))
                    + " differ (expected: a policy_version that was never published)");
        }
    }

    /** The fields that differ, but for those that say when it was published. */
    static List<String> differences(Policy a, Policy b) {
        return Policy.getClassSchema().getFields().stream()
                .filter(field -> !field.name().equals("event_id")
                        && !field.name().equals("occurred_at_ms")
                        && !Objects.equals(a.get(field.pos()), b.get(field.pos())))
                .map(Schema.Field::name)
                .toList();
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        if (value instanceof ItemsEvent event && event.getPolicy() != null) {
            Policy found = event.getPolicy();
            if (found.getPolicyVersion() >= policy.getPolicyVersion()) {
                partitions.add(record.partition());
            }
            if (found.getPolicyVersion() == policy.getPolicyVersion()
                    && !differences(found, policy).isEmpty()) {
                taken = found;
            }
        }
    }
}
