package dev.heed.topology;

/**
 * How far the stages had come at one moment, over all that they read behind intake.
 *
 * @param nanos when, as {@link System#nanoTime()} tells it
 * @param read records read and committed so far
 * @param unread records that stand there and are not read
 */
record Backlog(long nanos, long read, long unread) {}
