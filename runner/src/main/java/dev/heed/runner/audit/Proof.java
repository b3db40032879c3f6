package dev.heed.runner.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heed.audit.AuditedLog;
import dev.heed.audit.RecordedLogs;
import dev.heed.json.JsonWriter;
import dev.heed.math.Merkle;
import dev.heed.math.MerkleProof;
import dev.heed.math.ProofRange;
import dev.heed.math.ProofReader;
import dev.heed.out.AuditHead;
import dev.heed.runner.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** That a fact was in the tree of a published head, and that the newest head's tree begins with that one. */
final class Proof {
    private static final HexFormat HEX = HexFormat.of();

    private Proof() {}

    /**
     * Proves a fact, reading its partition twice: once for its place, once for the hashes.
     *
     * @throws Failure if the fact is not there, or under no head yet
     */
    static ObjectNode of(RecordedLogs logs, FactName name) {
        List<AuditHead> heads = logs.heads().stream()
                .filter(head -> head.getStage().equals(name.log().stage())
                        && head.getLog().equals(AuditedLog.FACTS)
                        && head.getPartition() == name.partition())
                .sorted(Comparator.comparingLong(AuditHead::getSize))
                .toList();
        long index = index(logs, name);
        AuditHead first = heads.stream()
                .filter(head -> head.getSize() > index)
                .findFirst()
                .orElseThrow(() -> new Failure(name + " is under no published head yet (expected: one within seconds"
                        + " of the fact, while the loop runs)"));
        AuditHead last = heads.get(heads.size() - 1);
        ProofReader inclusion = new ProofReader(ProofRange.inclusion(index, first.getSize()));
        ProofReader consistency = new ProofReader(ProofRange.consistency(first.getSize(), last.getSize()));
        RecordedLogs.Raw fact = null;
        Iterator<RecordedLogs.Raw> records = logs.records(name.log().channel(), name.partition());
        for (long read = 0; read < last.getSize() && records.hasNext(); read++) {
            RecordedLogs.Raw raw = records.next();
            byte[] leaf = AuditedLog.leaf(raw.key(), raw.value());
            inclusion.append(leaf);
            consistency.append(leaf);
            fact = read == index ? raw : fact;
        }
        if (fact == null) {
            throw new Failure(name + " is not there any more");
        }
        return json(logs, name, fact, index, first, last, inclusion, consistency);
    }

    private static ObjectNode json(
            RecordedLogs logs,
            FactName name,
            RecordedLogs.Raw fact,
            long index,
            AuditHead first,
            AuditHead last,
            ProofReader inclusion,
            ProofReader consistency) {
        byte[] key = fact.key() == null ? null : fact.key().getBytes(StandardCharsets.UTF_8);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("fact", name.toString());
        SpecificRecord decoded = logs.fact(name.log().channel(), fact).value();
        json.put("decoded", decoded == null ? null : JsonWriter.write(decoded));
        json.put("entry", HEX.formatHex(AuditedLog.entry(key, fact.value())));
        json.put("index", index);
        json.set("head", head(first));
        json.set("inclusion", hashes(inclusion.hashes()));
        json.set("newest_head", head(last));
        json.set("consistency", hashes(consistency.hashes()));
        return json;
    }

    private static long index(RecordedLogs logs, FactName name) {
        Iterator<RecordedLogs.Raw> records = logs.records(name.log().channel(), name.partition());
        List<Long> nearest = new ArrayList<>();
        for (long index = 0; records.hasNext(); index++) {
            long offset = records.next().offset();
            if (offset == name.offset()) {
                return index;
            } else if (offset > name.offset()) {
                nearest.add(offset);
                break;
            }
            nearest = new ArrayList<>(List.of(offset));
        }
        throw new Failure("no fact " + name + " (expected: an offset at which a committed fact stands; the nearest: "
                + nearest + ")");
    }

    private static ObjectNode head(AuditHead head) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("size", head.getSize())
                .put("root", head.getRoot())
                .put("published_at_ms", head.getPublishedAtMs());
    }

    private static ArrayNode hashes(List<byte[]> hashes) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        hashes.forEach(hash -> json.add(HEX.formatHex(hash)));
        return json;
    }

    /**
     * Checks a proof with nothing but what is in it: every way in which it does not hold.
     *
     * @param trustedRoot the root of the newest head as its reader knows it from elsewhere, or null to take the proof's
     */
    static List<String> check(JsonNode proof, @Nullable String trustedRoot) {
        List<String> problems = new ArrayList<>();
        for (String part : List.of("fact", "entry", "index", "head", "inclusion", "newest_head", "consistency")) {
            if (!proof.has(part)) {
                return List.of("not a proof: no " + part + " (expected: what 'heed audit prove' prints)");
            }
        }
        JsonNode first = proof.path("head");
        JsonNode last = proof.path("newest_head");
        try {
            byte[] leaf = Merkle.leaf(HEX.parseHex(proof.path("entry").asText()));
            byte[] root = HEX.parseHex(first.path("root").asText());
            long size = first.path("size").asLong();
            if (!MerkleProof.includes(
                    leaf, proof.path("index").asLong(-1), size, hashes(proof.path("inclusion")), root)) {
                problems.add("the fact is not record " + proof.path("index") + " of the tree of " + size
                        + " records with root " + first.path("root").asText());
            }
            if (!MerkleProof.extendsTree(
                    size,
                    root,
                    last.path("size").asLong(),
                    HEX.parseHex(last.path("root").asText()),
                    hashes(proof.path("consistency")))) {
                problems.add("the tree of the newest head does not begin with that of the fact's head");
            }
        } catch (IllegalArgumentException notHex) {
            problems.add("not a proof: " + notHex.getMessage() + " (expected: what 'heed audit prove' prints)");
        }
        if (trustedRoot != null
                && !trustedRoot.equalsIgnoreCase(last.path("root").asText())) {
            problems.add(
                    "the newest head's root is " + last.path("root").asText() + " (expected: " + trustedRoot + ")");
        }
        return problems;
    }

    private static List<byte[]> hashes(JsonNode hashes) {
        List<byte[]> bytes = new ArrayList<>();
        hashes.forEach(hash -> bytes.add(HEX.parseHex(hash.asText())));
        return bytes;
    }
}
