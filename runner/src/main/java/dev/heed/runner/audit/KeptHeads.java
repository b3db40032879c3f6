package dev.heed.runner.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heed.audit.AuditedLog;
import dev.heed.out.AuditHead;
import dev.heed.runner.Failure;
import dev.heed.topology.LoopSettings;
import dev.heed.topology.LoopTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Heads that an auditor keeps apart from the cluster: whoever can write the logs can write new heads too. */
final class KeptHeads {
    private static final Set<String> LOGS =
            AuditedLog.of(LoopTopology.stages(new byte[LoopSettings.MIN_SEED_BYTES])).stream()
                    .map(log -> log.stage() + " " + log.log())
                    .collect(Collectors.toUnmodifiableSet());

    private KeptHeads() {}

    /**
     * The heads in the output of an earlier {@code audit verify --json}.
     *
     * @param partitions how many partitions each log has
     * @throws Failure if there is none, or one is not whole: a head that fits no log would be passed over in silence
     */
    static List<AuditHead> read(Path file, int partitions) {
        JsonNode heads = JsonFile.read(file).path("newest_heads");
        if (!heads.isArray() || heads.isEmpty()) {
            throw new Failure(file + ": no newest_heads (expected: what 'heed audit verify --json' printed)");
        }
        List<AuditHead> kept = new ArrayList<>();
        for (JsonNode head : heads) {
            boolean whole = LOGS.contains(
                            head.path("stage").asText() + " " + head.path("log").asText())
                    && head.path("partition").asInt(-1) >= 0
                    && head.path("partition").asInt(-1) < partitions
                    && head.path("size").asLong() > 0
                    && head.path("root").asText().matches("[0-9a-f]{64}");
            if (!whole) {
                throw new Failure(file + ": newest_heads[" + kept.size() + "]: " + head
                        + " (expected: stage, log, partition below " + partitions + ", size and root)");
            }
            kept.add(new AuditHead(
                    head.path("stage").asText(),
                    head.path("partition").asInt(),
                    head.path("size").asLong(),
                    head.path("root").asText(),
                    head.path("published_at_ms").asLong(),
                    head.path("log").asText()));
        }
        return kept;
    }

    /** Adds the newest head of each partition of each log. */
    static void write(List<AuditHead> heads, ArrayNode json) {
        Map<String, AuditHead> newest = new TreeMap<>();
        heads.stream()
                .sorted(Comparator.comparingLong(AuditHead::getSize))
                .forEach(head -> newest.put(head.getStage() + " " + head.getLog() + " " + head.getPartition(), head));
        newest.values().forEach(head -> json.addObject()
                .put("stage", head.getStage())
                .put("log", head.getLog())
                .put("partition", head.getPartition())
                .put("size", head.getSize())
                .put("root", head.getRoot())
                .put("published_at_ms", head.getPublishedAtMs()));
    }
}
