package dev.heed.queues.handout;

import java.util.ArrayList;
import java.util.List;

/** Ids of the actions of one rater that a pool has acted on, so that a repeat changes nothing. */
final class ActedOn {
    /** How many are remembered: more than a rater sends while a repeat may still be under way. */
    static final int MAX_REMEMBERED = 16;

    private ActedOn() {}

    /** The ids with a newer one; the oldest goes when there are too many. */
    static List<String> with(List<String> eventIds, String newer) {
        if (newer.isEmpty()) {
            return eventIds;
        }
        List<String> all = new ArrayList<>(eventIds);
        all.add(newer);
        return all.size() > MAX_REMEMBERED ? List.copyOf(all.subList(1, all.size())) : List.copyOf(all);
    }
}
