package dev.heed.topology;

/**
 * How full the loop is.
 *
 * @param heldBack whether the bulk of the inputs was held back within the last seconds
 * @param unread records that the stages have not read
 * @param most so many may be unread before the bulk is held back
 */
public record Flow(boolean heldBack, long unread, long most) {}
