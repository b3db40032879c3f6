package dev.heed.export;

/** An export that cannot be made as it was asked for: which value, and what was expected. */
public final class ExportRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public ExportRefused(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Which value, and what was expected. */
    public String reason() {
        return reason;
    }
}
