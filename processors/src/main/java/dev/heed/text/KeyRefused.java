package dev.heed.text;

/** A key that is missing, of the wrong length or not the one that is needed; the message says which, and never the key. */
public final class KeyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyRefused(String message) {
        super(message);
    }

    public KeyRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
