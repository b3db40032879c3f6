package dev.heed.registry;

/** What a registry refuses, with the error codes that Confluent's uses, so that its clients understand ours. */
public enum RegistryError {
    INCOMPATIBLE(409),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TOO_LARGE(413),
    MALFORMED_REQUEST(400),
    SUBJECT_NOT_FOUND(40401),
    VERSION_NOT_FOUND(40402),
    SCHEMA_NOT_FOUND(40403),
    SUBJECT_SOFT_DELETED(40404),
    SUBJECT_NOT_SOFT_DELETED(40405),
    VERSION_SOFT_DELETED(40406),
    VERSION_NOT_SOFT_DELETED(40407),
    NO_SUBJECT_COMPATIBILITY(40408),
    NO_SUBJECT_MODE(40409),
    INVALID_SCHEMA(42201),
    INVALID_VERSION(42202),
    INVALID_COMPATIBILITY_LEVEL(42203),
    INVALID_MODE(42204),
    OPERATION_NOT_PERMITTED(42205),
    STORE_FAILED(50001),
    STORE_TIMED_OUT(50002);

    private final int code;

    RegistryError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** An exception that carries this error and says what was found. */
    public RegistryException because(String message) {
        return new RegistryException(code, message);
    }
}
