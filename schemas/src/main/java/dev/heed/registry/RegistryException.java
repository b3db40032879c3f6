package dev.heed.registry;

import org.apache.kafka.common.KafkaException;

/** A registry's refusal: asking again gives the same answer. */
public final class RegistryException extends KafkaException {
    private static final long serialVersionUID = 1L;

    private final int errorCode;

    public RegistryException(int errorCode, String message) {
        super(message);
        this.errorCode = errorCode;
    }

    /** The registry's error code: an HTTP status (409), or a status with two more digits (40401). */
    public int errorCode() {
        return errorCode;
    }

    /** The HTTP status that goes with the code. */
    public int httpStatus() {
        return errorCode < 1000 ? errorCode : errorCode / 100;
    }

    public boolean is(RegistryError error) {
        return errorCode == error.code();
    }
}
