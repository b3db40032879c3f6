package dev.heed.embedded;

import org.jspecify.annotations.Nullable;

/** Why the embedded platform cannot start, in one line that says what was found and what was expected. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of obstacle. */
    public enum Problem {
        DIRECTORY_IN_USE,
        DIRECTORY_FOREIGN,
        DIRECTORY_UNWRITABLE,
        PORT_TAKEN,
        PORT_INVALID,
        BROKER_FAILED,
        REGISTRY_FAILED
    }

    private final Problem problem;
    private final String value;
    private final String expectation;

    StartException(Problem problem, String value, String found, String expectation) {
        this(problem, value, found, expectation, null);
    }

    StartException(Problem problem, String value, String found, String expectation, @Nullable Throwable cause) {
        super(value + " " + found.lines().findFirst().orElse("") + " (expected: " + expectation + ")", cause);
        this.problem = problem;
        this.value = value;
        this.expectation = expectation;
    }

    public Problem problem() {
        return problem;
    }

    /** What the obstacle is about: a directory, or an address. */
    public String value() {
        return value;
    }

    /** What would have been right. */
    public String expectation() {
        return expectation;
    }
}
