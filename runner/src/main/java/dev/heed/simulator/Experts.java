package dev.heed.simulator;

import dev.heed.core.Channel;
import dev.heed.out.TriageDecision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Who knows the answer to some items and says so, once the loop has taken them up. */
final class Experts {
    private final StudyBuddy world;
    private final Set<String> answered = new HashSet<>();
    private final List<Publication> due = new ArrayList<>();

    Experts(StudyBuddy world) {
        this.world = world;
    }

    /** An item was looked at. */
    void receive(TriageDecision decision) {
        String interactionId = decision.getTriaged().getInteractionId();
        OptionalInt number = world.number(interactionId);
        if (number.isPresent() && answered.add(interactionId)) {
            world.gold(world.encounter(number.getAsInt()))
                    .ifPresent(gold -> due.add(Publication.event(Channel.ACTIONS, gold.getTargetId(), gold)));
        }
    }

    /** What they said since the last call, in order. */
    List<Publication> answers() {
        List<Publication> said = List.copyOf(due);
        due.clear();
        return said;
    }
}
