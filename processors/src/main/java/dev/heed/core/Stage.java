package dev.heed.core;

import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A stage of the loop: one journal in, one facts topic out, and the features that decide, in their order.
 *
 * @param name the stage's name, as in {@code items}
 * @param journal what it reads
 * @param journalSchema schema of the journal's envelope
 * @param facts where its facts go
 * @param factSchema schema of the facts' envelope
 * @param lowestLevel the lowest decision level this code can still do, from 1; what was decided at a lower one can no
 *     longer be decided again
 * @param highestLevel the highest decision level this code can do
 * @param withoutPolicy events that are acted on before the first policy
 * @param features what decides
 */
public record Stage(
        String name,
        Channel journal,
        Schema journalSchema,
        Channel facts,
        Schema factSchema,
        int lowestLevel,
        int highestLevel,
        Set<Class<? extends SpecificRecord>> withoutPolicy,
        List<Feature> features) {
    /** A stage whose code can do every level since the first. */
    public Stage(
            String name,
            Channel journal,
            Schema journalSchema,
            Channel facts,
            Schema factSchema,
            int highestLevel,
            Set<Class<? extends SpecificRecord>> withoutPolicy,
            List<Feature> features) {
        this(name, journal, journalSchema, facts, factSchema, 1, highestLevel, withoutPolicy, features);
    }

    /** What a policy may ask this code for. */
    public Levels levels() {
        return new Levels(lowestLevel, highestLevel);
    }
}
