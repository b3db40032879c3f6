package dev.heed.export;

/** An export that cannot be made as it was asked for: which value, and what was expected. */
public final class ExportRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExportRefused(String message) {
        super(message);
    }
}
