package dev.heed.items.arrival;

import dev.heed.core.Feature;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.fact.FactHeader;
import dev.heed.fact.InteractionRecorded;
import dev.heed.items.Items;
import dev.heed.journal.InteractionAccepted;
import dev.heed.state.Item;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Begins an item when its interaction comes, and says how new it is. */
public final class Interactions implements Feature {
    @Override
    public void decide(Step step) {
        if (!(step.event() instanceof InteractionAccepted interaction)) {
            return;
        }
        Item known = Items.find(step.state(), interaction.getInteractionId());
        if (known == null) {
            List<Long> near = Novelty.nearCounts(
                    step.state(), interaction.getSimhash(), step.policy().getNoveltyHalfLifeMs(), step.nowMs());
            step.emit(new InteractionRecorded(interaction, Novelty.micros(near), near));
        } else if (known.getInteraction().getEventId().equals(interaction.getEventId())) {
            step.ignoreDuplicate();
        } else {
            step.refuse(
                    "interaction_exists",
                    "interaction_id: " + interaction.getInteractionId() + " is known by event "
                            + known.getInteraction().getEventId() + " (expected: an id for each interaction)");
        }
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof InteractionRecorded recorded) {
            InteractionAccepted interaction = recorded.getInteraction();
            Items.create(state, interaction, recorded.getNoveltyMicros());
            Novelty.count(state, interaction.getSimhash(), recorded.getNearCountsMicros(), header.getTimeMs());
        }
    }
}
