package dev.heed.runner;

/**
 * A command of {@code heed} that lives in another jar, found by {@link java.util.ServiceLoader}. The implementing class
 * is itself the picocli command.
 */
public interface Subcommand {}
