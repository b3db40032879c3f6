package dev.heed.intake;

import java.util.Arrays;
import java.util.List;

/** The two ways into the loop. What comes by one waits for nothing that comes by the other. */
public enum Lane {
    /** What people decide: few records, never held back. Time comes this way too. */
    URGENT,
    /** What happens: as many records as there are, held back while those behind have not been worked off. */
    BULK;

    /** The name of its intake among the processors of a topology. */
    public String processor() {
        return this == URGENT ? "intake-urgent" : "intake-bulk";
    }

    /** The public inputs that come this way. */
    public List<PublicInput> inputs() {
        return Arrays.stream(PublicInput.values())
                .filter(input -> input.lane() == this)
                .toList();
    }
}
