package dev.heed.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.Channel;
import dev.heed.core.Destination;
import dev.heed.core.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class RoutedPartitionerTest {
    private final RoutedPartitioner partitioner = new RoutedPartitioner();

    @Test
    void aKeyGoesWhereAnyProducerWouldSendIt() {
        int expected = Utils.toPositive(Utils.murmur2("i-1".getBytes(StandardCharsets.UTF_8))) % 7;
        assertThat(partitions("i-1", "i-1", Destination.BY_KEY, 3, 7)).containsExactly(expected);
    }

    @Test
    void textFollowsItsInteractionWhateverItsKey() {
        assertThat(partitions("i-1|prompt", "i-1", Destination.BY_KEY, 3, 7))
                .isEqualTo(partitions("i-1", "i-1", Destination.BY_KEY, 3, 7));
    }

    @Test
    void factsStayInTheTasksOwnPartition() {
        assertThat(partitions("i-1", "i-1", Destination.OWN_PARTITION, 3, 7)).containsExactly(3);
    }

    @Test
    void aMulticastGoesToAsManyPartitionsAsThereAre() {
        assertThat(partitions("policy", "policy", Destination.ALL_PARTITIONS, 3, 5))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void aTopicWithTooFewPartitionsIsNamed() {
        assertThatThrownBy(() -> partitions("i-1", "i-1", Destination.OWN_PARTITION, 3, 3))
                .hasMessage("topic t: 3 partitions (expected: more than 3, the common count of inputs,"
                        + " journals and facts)");
    }

    private Set<Integer> partitions(String key, String partitionKey, Destination destination, int own, int count) {
        Outgoing outgoing = new Outgoing(Channel.CONTENTS, key, partitionKey, null, destination);
        return partitioner
                .partitions("t", key, new Routed(outgoing, own), count)
                .orElseThrow();
    }
}
