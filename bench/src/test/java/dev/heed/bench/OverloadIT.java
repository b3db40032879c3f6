package dev.heed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.core.Channel;
import dev.heed.embedded.EmbeddedPlatform;
import dev.heed.event.RowOp;
import dev.heed.fact.ConsentDecided;
import dev.heed.journal.ItemsEvent;
import dev.heed.out.Delta;
import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.CommittedReader;
import dev.heed.runner.cluster.PolicyInForce;
import dev.heed.runner.keys.KeyFile;
import dev.heed.runner.loop.EmbeddedLoop;
import dev.heed.runner.loop.Secret;
import dev.heed.stream.RoutedPartitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than a loop can take at once, and a withdrawal of consent behind it. What stands before what is looked at, not what it takes. */
class OverloadIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int ROWS = 6;
    private static final int BACKLOG = 6_000;
    /** Of each subject's consents the first is a grant. */
    private static final long WITHDRAWAL = 2;

    private final Set<String> standing = new HashSet<>();
    private final Set<String> retracted = new HashSet<>();
    /** Interactions of the backlog that stand in each partition of the items' journal, as far as it is read. */
    private final Map<Integer, Integer> takenIn = new HashMap<>();
    /** The same, at the moment when a row's withdrawal comes. */
    private final Map<String, Integer> before = new HashMap<>();

    @Test
    void aWithdrawalDoesNotWaitForWhatWasPublishedBeforeIt(@TempDir Path data) throws InterruptedException {
        EmbeddedPlatform platform = EmbeddedPlatform.start(data.resolve("platform"), 0, 0);
        EmbeddedLoop first = start(platform, data);
        Cluster cluster = first.cluster();
        PolicyInForce.publish(cluster, Workload.policyWithRows(), PATIENCE);
        try (CommittedReader reader = new CommittedReader(
                cluster, "overload", List.of(Channel.DATASET_LOG, Channel.ITEMS_JOURNAL), List.of(), this::read)) {
            publish(cluster, rows(Workload::row));
            await(first, reader, () -> standing.size() == ROWS);
            first.stop();

            List<Workload.Event> told = Workload.events(BACKLOG, 1);
            told.addAll(rows(row -> List.of(Workload.withdrawal(row))));
            publish(cluster, told);
            try (EmbeddedLoop second = start(platform, data)) {
                await(second, reader, () -> second.flow().heldBack());
                await(second, reader, () -> retracted.size() == ROWS);
            }
        }

        Map<Integer, Integer> backlog = new HashMap<>();
        for (Workload.Event event : Workload.events(BACKLOG, 1)) {
            if (event.channel() == Channel.INTERACTIONS) {
                backlog.merge(RoutedPartitioner.partitionOf(event.key(), EmbeddedLoop.PARTITIONS), 1, Integer::sum);
            }
        }
        assertThat(retracted).hasSize(ROWS).isEqualTo(before.keySet());
        before.forEach((row, count) -> assertThat(count)
                .as("%s: what was published before its withdrawal, and taken in before it", row)
                .isLessThan(backlog.getOrDefault(RoutedPartitioner.partitionOf(row, EmbeddedLoop.PARTITIONS), 0) / 2));
    }

    private static EmbeddedLoop start(EmbeddedPlatform platform, Path data) throws InterruptedException {
        return EmbeddedLoop.start(platform, data.resolve("streams"), Secret.in(data), KeyFile.in(data));
    }

    private static List<Workload.Event> rows(IntFunction<List<Workload.Event>> events) {
        return IntStream.range(0, ROWS).mapToObj(events).flatMap(List::stream).toList();
    }

    private static void publish(Cluster cluster, List<Workload.Event> events) {
        Serializer<SpecificRecord> values = cluster.serde().serializer();
        try (Producer<String, byte[]> producer = cluster.producer("overload")) {
            events.forEach(event -> producer.send(event.in(cluster.topic(event.channel()), values)));
        }
    }

    private void read(Channel channel, ConsumerRecord<String, byte[]> record, @Nullable SpecificRecord value) {
        if (value instanceof Delta delta) {
            (delta.getOp() == RowOp.RETRACT ? retracted : standing).add(delta.getInteractionId());
        } else if (value instanceof ItemsEvent event && event.getInteraction() != null) {
            takenIn.merge(record.partition(), 1, Integer::sum);
        } else if (value instanceof ItemsEvent event && event.getConsent() != null) {
            ConsentDecided consent = event.getConsent();
            if (consent.getEpoch() == WITHDRAWAL) {
                before.put(consent.getInteractionId(), takenIn.getOrDefault(record.partition(), 0));
            }
        }
    }

    private static void await(EmbeddedLoop loop, CommittedReader reader, BooleanSupplier reached) {
        long give = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited for " + PATIENCE).isLessThan(give);
            reader.poll(POLL);
            loop.check();
        }
    }
}
