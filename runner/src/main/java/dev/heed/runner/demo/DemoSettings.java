package dev.heed.runner.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is asked to be.
 *
 * @param duration how long the world publishes
 * @param data where to keep everything; null for a directory that is deleted afterwards
 * @param port port of the status page, 0 for any free one; null for no page
 */
record DemoSettings(
        Duration duration,
        long seed,
        @Nullable Path data,
        @Nullable Integer port) {}
