package dev.heed.topology;

import dev.heed.audit.AuditedLog;
import dev.heed.audit.RecordedLogs;
import dev.heed.core.Channel;
import dev.heed.core.Stage;
import dev.heed.guarantee.LogView;
import dev.heed.guarantee.LoopScheduler;
import dev.heed.guarantee.StoredFact;
import dev.heed.math.MerkleFrontier;
import dev.heed.out.AuditHead;
import dev.heed.serde.AvroBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A copy of what a simulated loop has written, as bytes that can be tampered with, and the heads over what it was. */
final class SimulatedLogs implements RecordedLogs {
    /** A head is published after so many records of a log, and after its last one. */
    private static final int HEAD_EVERY = 50;

    private final int partitions;
    /** One for each channel, as a reader resolves its schema when it first reads. */
    private final Map<Channel, SpecificDatumReader<SpecificRecord>> readers = new EnumMap<>(Channel.class);

    private final Map<Channel, List<List<Raw>>> logs = new EnumMap<>(Channel.class);
    private final List<AuditHead> heads = new ArrayList<>();

    SimulatedLogs(LoopScheduler loop, List<Stage> stages) {
        this.partitions = loop.partitions();
        for (Stage stage : stages) {
            readers.put(stage.journal(), new SpecificDatumReader<>(stage.journalSchema()));
            readers.put(stage.facts(), new SpecificDatumReader<>(stage.factSchema()));
            publish(AuditedLog.journal(stage), copy(loop, stage.journal()));
            publish(AuditedLog.facts(stage), copy(loop, stage.facts()));
        }
    }

    /** A copy to tamper with, under the same heads. */
    SimulatedLogs(SimulatedLogs original) {
        this.partitions = original.partitions;
        this.readers.putAll(original.readers);
        this.heads.addAll(original.heads);
        original.logs.forEach((channel, copies) -> {
            List<List<Raw>> copy = new ArrayList<>();
            copies.forEach(log -> copy.add(new ArrayList<>(log)));
            logs.put(channel, copy);
        });
    }

    private List<List<Raw>> copy(LoopScheduler loop, Channel channel) {
        List<List<Raw>> copy = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            copy.add(new ArrayList<>());
        }
        for (LogView.Logged logged : loop.records(channel)) {
            byte[] bytes = AvroBytes.of(Objects.requireNonNull(logged.value()));
            copy.get(logged.partition()).add(new Raw(logged.offset(), logged.key(), bytes));
        }
        logs.put(channel, copy);
        return copy;
    }

    private void publish(AuditedLog log, List<List<Raw>> records) {
        for (int p = 0; p < partitions; p++) {
            MerkleFrontier tree = MerkleFrontier.empty();
            for (Raw raw : records.get(p)) {
                tree = tree.append(AuditedLog.leaf(raw.key(), raw.value()));
                if (tree.size() % HEAD_EVERY == 0
                        || tree.size() == records.get(p).size()) {
                    String root = HexFormat.of().formatHex(tree.root());
                    heads.add(new AuditHead(log.stage(), p, tree.size(), root, 0L, log.log()));
                }
            }
        }
    }

    /** As if none had ever been published. */
    void forgetHeads() {
        heads.clear();
    }

    /** The log itself, to be tampered with. */
    List<Raw> log(Channel channel, int partition) {
        return Objects.requireNonNull(logs.get(channel)).get(partition);
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public Iterator<Raw> records(Channel channel, int partition) {
        return log(channel, partition).iterator();
    }

    @Override
    public long decidedTo(Channel journal, int partition) {
        return Long.MAX_VALUE;
    }

    @Override
    public List<AuditHead> heads() {
        return List.copyOf(heads);
    }

    @Override
    public LogView.Logged event(Channel journal, int partition, Raw raw) {
        return new LogView.Logged(journal.baseName(), partition, raw.offset(), raw.key(), decode(journal, raw));
    }

    @Override
    public StoredFact fact(Channel facts, Raw raw) {
        return new StoredFact(
                raw.offset(),
                raw.key(),
                Objects.requireNonNullElse(raw.value(), new byte[0]),
                () -> decode(facts, raw));
    }

    private @Nullable SpecificRecord decode(Channel channel, Raw raw) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(Objects.requireNonNull(raw.value()), null);
        try {
            SpecificRecord value = Objects.requireNonNull(readers.get(channel)).read(null, decoder);
            return decoder.isEnd() ? value : null;
        } catch (IOException | RuntimeException undecodable) {
            return null;
        }
    }
}
