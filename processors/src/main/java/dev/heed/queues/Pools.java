package dev.heed.queues;

import dev.heed.core.Keys;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.policy.Pool;
import dev.heed.state.QueueBucket;
import java.util.List;
import java.util.Objects;

/** The pools of this partition. A pool stands in the one partition that its name hashes to. */
public final class Pools {
    /** Most pools of one partition that ticks reach. */
    static final int MAX_POOLS = 256;

    private Pools() {}

    /** Names of all pools that ever had an event here, in the policy or no longer. */
    public static List<String> names(StateReader state) {
        return state.withPrefix(QueueKeys.buckets(), QueueBucket.class, MAX_POOLS).stream()
                .map(entry -> Keys.lastPart(entry.key()))
                .toList();
    }

    /** The pools here that the policy in force has. */
    public static List<Pool> here(Step step) {
        return names(step.state()).stream()
                .map(name -> InPolicy.pool(step.policy(), name))
                .filter(Objects::nonNull)
                .toList();
    }
}
