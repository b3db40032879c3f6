package dev.heed.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.registry.MemoryRegistryClient;
import dev.heed.serde.HeedAvroSerde;
import dev.heed.serde.UndecodableException;
import java.io.EOFException;
import java.net.ConnectException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class InputDeserializerTest {
    @Test
    void oursSaysItselfWhoIsAtFault() {
        Deserializer<SpecificRecord> ours = new HeedAvroSerde<>(new MemoryRegistryClient()).deserializer();
        assertThat(InputDeserializer.of(ours)).isSameAs(ours);
    }

    @Test
    void bytesAtFaultBecomeADeadLetter() {
        assertBytesAtFault(new SerializationException("Unknown magic byte!"));
        assertBytesAtFault(new SerializationException("Error deserializing", new EOFException()));
        assertBytesAtFault(
                new SerializationException("no schema", new RestClientException("not found; error code: 40403")));
        assertBytesAtFault(new ClassCastException("GenericRecord"));
    }

    @Test
    void aRegistryAtFaultStopsTheLoopInstead() {
        assertRegistryAtFault(new SerializationException("Error retrieving", new ConnectException("refused")));
        assertRegistryAtFault(
                new SerializationException("Error", new RestClientException("unauthorised; error code: 401")));
        assertRegistryAtFault(new TimeoutException("too long"));
    }

    private static void assertBytesAtFault(RuntimeException thrown) {
        assertThatThrownBy(() -> throwing(thrown).deserialize("t", new byte[1]))
                .isInstanceOf(UndecodableException.class)
                .hasCause(thrown);
    }

    private static void assertRegistryAtFault(RuntimeException thrown) {
        assertThatThrownBy(() -> throwing(thrown).deserialize("t", new byte[1])).isSameAs(thrown);
    }

    private static Deserializer<SpecificRecord> throwing(RuntimeException thrown) {
        return InputDeserializer.of((topic, bytes) -> {
            throw thrown;
        });
    }

    /** Has the name by which Confluent's client says that its registry refused. */
    private static final class RestClientException extends Exception {
        private static final long serialVersionUID = 1L;

        RestClientException(String message) {
            super(message);
        }
    }
}
