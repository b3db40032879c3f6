package dev.heed.topology;

import dev.heed.core.Channel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back the bulk of the inputs, in a thread of its own, while the stages have more to read than they soon will have read. So what waits,
 * waits in the public inputs, where what people decide does not stand behind it. Every process of the loop judges for itself by the offsets
 * that all have committed. Who cannot see them holds nothing back.
 */
final class FlowControl implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowControl.class);
    private static final long LOOK_MS = 100;
    private static final int ANSWER_WITHIN_MS = 5_000;
    /** What a loop with little to do may leave unread between two looks: ticks, and the marks of transactions. */
    private static final int LEAST_PER_PARTITION = 20;

    private final KafkaStreams bulk;
    private final Admin admin;
    private final Map<String, ListConsumerGroupOffsetsSpec> groups;
    private final Map<TopicPartition, OffsetSpec> behind;
    private final Holdback holdback;
    private final HoldbackNotices notices = new HoldbackNotices();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Flow flow = new Flow(false, 0, 0);
    private @Nullable Thread thread;
    private boolean blind;

    /** @param bulk the application that is held back */
    FlowControl(LoopSettings settings, KafkaStreams bulk) {
        this.bulk = bulk;
        Map<String, Object> config = new HashMap<>(settings.clientSettings());
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.prefix() + "-flow");
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        this.admin = Admin.create(config);
        this.groups = Loop.groupsBehindIntake(settings.prefix()).stream()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        this.behind = LoopTopology.behindIntake().stream()
                .flatMap(channel -> partitions(settings, channel))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        this.holdback = new Holdback(settings.ahead(), (long) LEAST_PER_PARTITION * behind.size());
    }

    private static Stream<TopicPartition> partitions(LoopSettings settings, Channel channel) {
        return IntStream.range(0, settings.partitions()).mapToObj(p -> new TopicPartition(settings.topic(channel), p));
    }

    /** Begins to look. */
    void begin(Consumer<Throwable> onFailure) {
        Thread looker = new Thread(() -> run(onFailure), "heed-flow");
        looker.setDaemon(true);
        thread = looker;
        looker.start();
    }

    /** What was found when last looked. */
    Flow flow() {
        return flow;
    }

    private void run(Consumer<Throwable> onFailure) {
        try (admin) {
            while (!closing.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                boolean held = look();
                if (!held && bulk.isPaused()) {
                    bulk.resume();
                } else if (held && !bulk.isPaused()) {
                    bulk.pause();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            onFailure.accept(failed);
        }
    }

    /** While it is paused an application restores no stores either, so only one that runs is held back. */
    private boolean look() throws InterruptedException {
        if (bulk.state() != KafkaStreams.State.RUNNING) {
            return false;
        }
        try {
            // Ends are asked for after what was read, so that nothing looks as if it was read before it was written.
            Map<TopicPartition, Long> read = read();
            Map<TopicPartition, Long> unread = unread(read);
            blind = false;
            return judge(read, unread);
        } catch (ExecutionException refused) {
            if (!blind) {
                LOG.warn("nothing is held back: it cannot be seen how far the stages have come", refused);
            }
            blind = true;
            flow = new Flow(false, flow.unread(), flow.most());
            return false;
        }
    }

    private Map<TopicPartition, Long> read() throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> read = new HashMap<>();
        for (Map<TopicPartition, OffsetAndMetadata> ofGroup :
                admin.listConsumerGroupOffsets(groups).all().get().values()) {
            ofGroup.forEach((partition, offset) -> {
                if (offset != null && behind.containsKey(partition)) {
                    read.put(partition, offset.offset());
                }
            });
        }
        return read;
    }

    private Map<TopicPartition, Long> unread(Map<TopicPartition, Long> read)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(behind).all().get();
        Map<TopicPartition, Long> unread = new HashMap<>();
        ends.forEach((partition, end) ->
                unread.put(partition, Math.max(0, end.offset() - read.getOrDefault(partition, 0L))));
        return unread;
    }

    private boolean judge(Map<TopicPartition, Long> read, Map<TopicPartition, Long> unread) {
        Backlog now = new Backlog(System.nanoTime(), sum(read), sum(unread));
        boolean held = holdback.at(now);
        Optional<String> notice = notices.at(now, held, holdback.most(), () -> longest(unread));
        notice.ifPresent(LOG::warn);
        flow = new Flow(notices.isOpen(), now.unread(), holdback.most());
        return held;
    }

    private static long sum(Map<TopicPartition, Long> records) {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String longest(Map<TopicPartition, Long> unread) {
        return unread.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(most -> most.getKey().toString())
                .orElse("none");
    }

    /** May be called more than once, and by several threads: the looker closes what it looks with. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread == null) {
                admin.close();
            } else {
                thread.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
