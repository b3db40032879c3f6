package dev.heed.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that no retry will make readable: the record is at fault, not the registry or the network. */
public final class UndecodableException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
