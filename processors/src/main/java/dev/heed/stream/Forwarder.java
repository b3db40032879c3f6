package dev.heed.stream;

import dev.heed.core.Outgoing;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands what a task decided to send to its sinks, in order. Headers of what came in are left behind. */
public final class Forwarder {
    private final ProcessorContext<String, Routed> context;
    private final Sinks sinks;
    private final int ownPartition;

    public Forwarder(ProcessorContext<String, Routed> context, Sinks sinks) {
        this.context = context;
        this.sinks = sinks;
        this.ownPartition = context.taskId().partition();
    }

    /** @param timestampMs the records' time, milliseconds since the epoch */
    public void forward(List<Outgoing> outgoing, long timestampMs) {
        for (Outgoing each : outgoing) {
            Routed routed = new Routed(each, ownPartition);
            context.forward(new Record<>(each.key(), routed, timestampMs), sinks.node(each.channel()));
        }
    }
}
