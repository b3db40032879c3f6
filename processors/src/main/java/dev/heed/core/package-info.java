/** The vocabulary of a stage: state, step, feature, facts and what leaves it. Pure: no Kafka, no clock, no randomness. */
@NullMarked
package dev.heed.core;

import org.jspecify.annotations.NullMarked;
