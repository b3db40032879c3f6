package dev.heed.items;

import dev.heed.core.Keys;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.journal.Price;
import dev.heed.policy.Policy;
import dev.heed.policy.Pool;
import org.jspecify.annotations.Nullable;

/** The price of a label per pool, as last published. */
public final class Prices {
    private Prices() {}

    /** λ in micros of loss: as published, before that the pool's lowest price. */
    public static long micros(StateReader state, Policy policy, String poolName) {
        Price price = installed(state, poolName);
        if (price != null) {
            return price.getPriceMicros();
        }
        for (Pool pool : policy.getPools()) {
            if (pool.getPool().equals(poolName)) {
                return pool.getMinPriceMicros();
            }
        }
        return 0;
    }

    /** The price in use, or null. */
    public static @Nullable Price installed(StateReader state, String poolName) {
        return state.get(key(poolName), Price.class);
    }

    /** Puts a price into use. */
    public static void install(State state, Price price) {
        state.put(key(price.getPool()), price);
    }

    private static String key(String poolName) {
        return Keys.of("price", poolName);
    }
}
