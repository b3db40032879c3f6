package dev.heed.core;

import dev.heed.fact.FactHeader;
import org.apache.avro.specific.SpecificRecord;

/**
 * One concern of a stage. {@code decide} reads state and emits facts; {@code apply} alone changes state, the same way
 * live, in recovery and in replay; {@code project} says what other stages and the public see of a fact.
 */
public interface Feature {
    /** Decides on the step's event, given the facts that earlier features emitted on it. */
    default void decide(Step step) {}

    /** Changes the state as the fact says. Must depend on nothing but its arguments. */
    default void apply(State state, FactHeader header, SpecificRecord fact) {}

    /** Sends what follows from the fact. Must depend on nothing but its arguments. */
    default void project(FactHeader header, SpecificRecord fact, Outbox out) {}
}
