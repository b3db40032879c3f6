package dev.heed.stream;

import dev.heed.core.Outgoing;

/**
 * A record on its way from a processor to a sink, in memory only: the sink's serializer drops all but the value.
 *
 * @param ownPartition the partition of the task that forwards it; a partitioner cannot see tasks
 */
public record Routed(Outgoing outgoing, int ownPartition) {}
