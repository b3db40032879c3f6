package dev.heed.runner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.serde.AvroBytes;
import dev.heed.state.Clock;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** Bytes of an older schema are known for what that schema writes. */
class OlderSchemaTest {
    private static final Schema PRESENT = Clock.getClassSchema();

    @Test
    void schemaThatSaysTheSameInOtherWordsWritesTheSameBytes() {
        Schema remarked = record().requiredLong("now_ms").endRecord();
        remarked.addProp("remark", "of a registry");

        assertThat(remarked).isNotEqualTo(PRESENT);
        assertThat(OlderSchema.of(remarked, PRESENT)).isEmpty();
    }

    @Test
    void whatTheOlderSchemaWroteIsWrittenAgain() {
        byte[] binary = AvroBytes.of(new Clock(300L));

        assertThat(older().again(binary)).isEqualTo(binary);
    }

    @Test
    void otherBytesOfTheSameMeaningAreNot() {
        byte[] shortest = AvroBytes.of(new Clock(1L));
        byte[] padded = {(byte) (shortest[0] | 0x80), 0};

        assertThat(older().again(padded)).isEqualTo(shortest);
        assertThat(older().again(new byte[0])).isEmpty();
    }

    /** Another name of the field is another schema, which writes the number as the present one does. */
    private static OlderSchema older() {
        return OlderSchema.of(record().requiredLong("now").endRecord(), PRESENT).orElseThrow();
    }

    private static SchemaBuilder.FieldAssembler<Schema> record() {
        return SchemaBuilder.record(PRESENT.getName())
                .namespace(PRESENT.getNamespace())
                .fields();
    }
}
