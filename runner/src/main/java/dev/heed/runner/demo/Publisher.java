package dev.heed.runner.demo;

import dev.heed.runner.cluster.Cluster;
import dev.heed.runner.cluster.Sender;
import dev.heed.simulator.Publication;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Publishes what the simulator says, and counts it. */
final class Publisher implements AutoCloseable {
    private final Sender sender;
    private final Map<Publication.Sort, Long> published = new EnumMap<>(Publication.Sort.class);

    Publisher(Cluster cluster) {
        this.sender = new Sender(cluster, "heed-simulator");
    }

    /**
     * Publishes it as of now.
     *
     * @throws dev.heed.runner.Failure if the broker refused an earlier one
     */
    void publish(Publication publication) {
        publication.happensAt(System.currentTimeMillis());
        byte[] bytes = publication.bytes();
        if (bytes != null) {
            sender.send(publication.channel(), publication.key(), bytes);
        } else {
            sender.send(publication.channel(), publication.key(), Objects.requireNonNull(publication.value()));
        }
        published.merge(publication.sort(), 1L, Long::sum);
    }

    /** How many of a sort were published. */
    long published(Publication.Sort sort) {
        return published.getOrDefault(sort, 0L);
    }

    /** Waits until all is written. */
    void flush() {
        sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
