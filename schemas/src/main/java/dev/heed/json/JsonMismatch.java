package dev.heed.json;

import java.util.List;

/** JSON that does not fit its schema, with every problem found and where. */
public final class JsonMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    JsonMismatch(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each as {@code path: found (expected: …)}. */
    public List<String> problems() {
        return problems;
    }
}
