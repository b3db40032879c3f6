package dev.heed.registry;

import org.apache.kafka.common.errors.RetriableException;

/** No registry URL answered: says nothing about the bytes or the schema, and asking later may succeed. */
public final class RegistryUnavailableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
