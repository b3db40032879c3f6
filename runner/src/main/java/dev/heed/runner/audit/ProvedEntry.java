package dev.heed.runner.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heed.audit.AuditedLog;
import dev.heed.json.JsonWriter;
import dev.heed.serde.AvroBytes;
import dev.heed.serde.WireFormat;
import dev.heed.topology.TopicCatalog;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the entry of a proof says. Hashes vouch for its bytes alone; what the proof gives beside them as decoded is read by
 * people, so it is held against the bytes.
 *
 * @param isRead whether this release's schema reads the bytes, and writes them again as they are
 * @param problems what is said otherwise beside the entry
 */
record ProvedEntry(boolean isRead, List<String> problems) {
    static final ProvedEntry NOT_READ = new ProvedEntry(false, List.of());

    /** @throws dev.heed.runner.Failure if the proof names no fact of this release */
    static ProvedEntry of(JsonNode proof) {
        AuditedLog log = FactName.parse(proof.path("fact").asText()).log();
        byte[] binary = binary(HexFormat.of().parseHex(proof.path("entry").asText()));
        SpecificRecord fact = read(binary, log);
        if (fact == null || !Arrays.equals(binary, AvroBytes.of(fact))) {
            return NOT_READ;
        }
        String says = JsonWriter.write(fact).toString();
        boolean same = tree(says).equals(proof.path("decoded"));
        return new ProvedEntry(
                true, same ? List.of() : List.of("decoded is not what the entry says (expected: " + says + ")"));
    }

    /** The value's bytes behind key and schema id. */
    private static byte[] binary(byte[] entry) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(entry);
            int start = Integer.BYTES + Math.max(0, bytes.getInt()) + WireFormat.HEADER_BYTES;
            return start <= entry.length ? Arrays.copyOfRange(entry, start, entry.length) : new byte[0];
        } catch (BufferUnderflowException tooShort) {
            return new byte[0];
        }
    }

    private static @Nullable SpecificRecord read(byte[] binary, AuditedLog log) {
        Schema schema =
                SpecificData.get().getSchema(TopicCatalog.of(log.channel()).value());
        try {
            return new SpecificDatumReader<SpecificRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(binary, null));
        } catch (IOException | AvroRuntimeException ofAnotherSchema) {
            return null;
        }
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was just written", impossible);
        }
    }
}
