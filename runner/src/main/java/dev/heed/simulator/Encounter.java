package dev.heed.simulator;

import dev.heed.event.Interaction;
import org.jspecify.annotations.Nullable;

/**
 * One interaction and the truth about it.
 *
 * @param number its number in the world, from 0
 * @param interaction what the loop is told
 * @param shown what the answer shown to the child does
 * @param other what the second answer does; null when there is none
 */
public record Encounter(
        int number,
        Interaction interaction,
        Behaviour shown,
        @Nullable Behaviour other) {}
