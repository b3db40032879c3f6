package dev.heed.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.sample.Certainty;
import dev.heed.sample.Sighting;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class StoreCodecTest {
    private final StoreCodec<Sighting> codec = StoreCodec.of(Sighting.class);

    @Test
    void aValueComesBackAsItWas() {
        byte[] stored = codec.encode(HeedAvroSerdeTest.sighting("wren"));
        byte[] next = codec.encode(HeedAvroSerdeTest.sighting("robin"));

        assertThat(stored).startsWith(0xC3, 0x01);
        assertThat(codec.decode(stored)).isEqualTo(HeedAvroSerdeTest.sighting("wren"));
        assertThat(codec.decode(next)).isEqualTo(HeedAvroSerdeTest.sighting("robin"));
        assertThat(codec.serializer().serialize("store", codec.decode(stored))).isEqualTo(stored);
    }

    @Test
    void aPastVersionIsReadFromTheBaseline() throws IOException {
        Schema past = SchemaBaseline.of("dev.heed.sample.Sighting", getClass().getClassLoader())
                .versions()
                .get(0);
        GenericRecord value = new GenericData.Record(past);
        value.put("bird", "wren");
        value.put("seen_at_ms", 7L);
        byte[] stored = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), past)
                .encode(value)
                .array();

        assertThat(codec.decode(stored).getBird()).isEqualTo("wren");
        assertThat(codec.decode(stored).getCertainty()).isEqualTo(Certainty.UNKNOWN);
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        Schema other = new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"Other\", \"fields\": []}");
        byte[] stored = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), other)
                .encode(new GenericData.Record(other))
                .array();

        assertThatThrownBy(() -> codec.decode(stored))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContainingAll(
                        "dev.heed.sample.Sighting", "expected: single-object encoding", "baseline/dev.heed.sample");
        assertThatThrownBy(() -> codec.decode(new byte[] {1})).isInstanceOf(UndecodableException.class);
    }

    @Test
    void theBytesAreThoseAnyWriterOfTheSchemaMakes() throws IOException {
        for (Certainty certainty : Certainty.values()) {
            Sighting sighting = HeedAvroSerdeTest.sighting("wren");
            sighting.setCertainty(certainty);

            assertThat(codec.encode(sighting))
                    .isEqualTo(new BinaryMessageEncoder<Object>(GenericData.get(), sighting.getSchema())
                            .encode(sighting)
                            .array());
        }
    }

    @Test
    void aMissingFieldIsNamed() {
        Sighting nameless = HeedAvroSerdeTest.sighting("wren");
        nameless.setBird(null);

        assertThatThrownBy(() -> codec.encode(nameless))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("dev.heed.sample.Sighting", "bird");
    }

    @Test
    void nullStaysNull() {
        assertThat(codec.serializer().serialize("store", null)).isNull();
        assertThat(codec.deserializer().deserialize("store", null)).isNull();
        assertThat(codec.serializer()).isSameAs(codec.serializer());
    }
}
