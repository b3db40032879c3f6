package dev.heed.core;

/** Thrown to stop a stage that met something only a newer version of it can decide, or only an older one could. */
public final class NotUpgraded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotUpgraded(String message) {
        super(message);
    }
}
