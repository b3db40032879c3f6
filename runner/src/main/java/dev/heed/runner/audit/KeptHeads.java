package dev.heed.runner.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heed.out.AuditHead;
import dev.heed.runner.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Heads that an auditor keeps apart from the cluster: whoever can write the logs can write new heads too. */
final class KeptHeads {
    private KeptHeads() {}

    /** The heads in the output of an earlier {@code audit verify --json}. */
    static List<AuditHead> read(Path file) {
        try {
            JsonNode heads =
                    new ObjectMapper().readTree(Files.readAllBytes(file)).path("newest_heads");
            if (!heads.isArray()) {
                throw new Failure(file + ": no newest_heads (expected: what 'heed audit verify --json' printed)");
            }
            List<AuditHead> kept = new ArrayList<>();
            for (JsonNode head : heads) {
                kept.add(new AuditHead(
                        head.path("stage").asText(),
                        head.path("partition").asInt(),
                        head.path("size").asLong(),
                        head.path("root").asText(),
                        head.path("published_at_ms").asLong(),
                        head.path("log").asText()));
            }
            return kept;
        } catch (IOException unreadable) {
            throw new Failure(file + ": " + unreadable.getMessage(), unreadable);
        }
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
