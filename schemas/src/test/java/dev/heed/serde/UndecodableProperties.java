package dev.heed.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.registry.MemoryRegistryClient;
import dev.heed.sample.Sighting;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever bytes arrive: a record, or an {@link UndecodableException}; never anything else. */
class UndecodableProperties {
    private static final String TOPIC = "sightings";

    private final HeedAvroSerde<Sighting> serde = new HeedAvroSerde<>(MemoryRegistryClient.of("undecodable"));
    private final byte[] good = serde.serializer().serialize(TOPIC, HeedAvroSerdeTest.sighting("wren"));

    @Property
    void anyBytesAfterAKnownId(@ForAll @Size(max = 64) byte[] avro) {
        byte[] record = new byte[WireFormat.HEADER_BYTES + avro.length];
        System.arraycopy(good, 0, record, 0, WireFormat.HEADER_BYTES);
        System.arraycopy(avro, 0, record, WireFormat.HEADER_BYTES, avro.length);
        assertDefined(record);
    }

    @Property
    void anyBytesAtAll(@ForAll @Size(max = 64) byte[] record) {
        assertDefined(record);
    }

    @Property
    void oneByteOfAGoodRecordChanged(@ForAll int at, @ForAll byte value) {
        byte[] record = good.clone();
        record[Math.floorMod(at, record.length)] = value;
        assertDefined(record);
    }

    private void assertDefined(byte[] record) {
        try {
            assertThat(serde.deserializer().deserialize(TOPIC, record)).isInstanceOf(Sighting.class);
        } catch (UndecodableException defined) {
            assertThat(defined).hasMessageStartingWith("topic " + TOPIC + ": ");
        }
    }
}
