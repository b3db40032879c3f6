package dev.heed.whatif;

import dev.heed.audit.AuditedLog;
import dev.heed.serde.AvroBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;

/** Tells journal records apart by key and bytes, in 16 bytes of a hash. */
record Print(long high, long low) {
    static Print of(String key, SpecificRecord value) {
        ByteBuffer hash = ByteBuffer.wrap(AuditedLog.leaf(key.getBytes(StandardCharsets.UTF_8), AvroBytes.of(value)));
        return new Print(hash.getLong(), hash.getLong());
    }
}
