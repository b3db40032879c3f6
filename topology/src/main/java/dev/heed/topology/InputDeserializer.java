package dev.heed.topology;

import dev.heed.serde.HeedAvroDeserializer;
import dev.heed.serde.UndecodableException;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells bytes that are at fault from a registry that is, for a deserializer that does not say so itself: the first are
 * dead letters, the second stops the loop rather than turn good records into dead letters.
 */
final class InputDeserializer implements Deserializer<SpecificRecord> {
    /** What a registry of Confluent's kind answers when no schema has the id, whatever else it may have. */
    private static final String NO_SUCH_SCHEMA = "40403";

    private final Deserializer<SpecificRecord> foreign;

    private InputDeserializer(Deserializer<SpecificRecord> foreign) {
        this.foreign = foreign;
    }

    /** The deserializer itself if it is ours, else one around it. */
    static Deserializer<SpecificRecord> of(Deserializer<SpecificRecord> values) {
        return values instanceof HeedAvroDeserializer<SpecificRecord> ? values : new InputDeserializer(values);
    }

    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] value) {
        try {
            return foreign.deserialize(topic, value);
        } catch (UndecodableException | RetriableException saidSo) {
            throw saidSo;
        } catch (SerializationException e) {
            if (registryIsAtFault(e)) {
                throw e;
            }
            throw new UndecodableException(e.getMessage() + causes(e), e);
        } catch (ClassCastException e) {
            throw new UndecodableException("topic " + topic + ": no record of a generated class", e);
        }
    }

    private static boolean registryIsAtFault(Throwable thrown) {
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            boolean refused = cause.getClass().getSimpleName().equals("RestClientException")
                    && !String.valueOf(cause.getMessage()).contains(NO_SUCH_SCHEMA);
            if (refused || cause instanceof IOException && !(cause instanceof EOFException)) {
                return true;
            }
        }
        return false;
    }

    private static String causes(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            text.append(": ").append(cause.getMessage());
        }
        return text.toString();
    }
}
