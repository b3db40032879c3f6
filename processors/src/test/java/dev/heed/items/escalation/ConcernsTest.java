package dev.heed.items.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heed.core.Channel;
import dev.heed.event.Blocker;
import dev.heed.event.Resolve;
import dev.heed.items.ItemsPolicies;
import dev.heed.items.ItemsTrial;
import dev.heed.journal.ActionAccepted;
import dev.heed.journal.Concern;
import dev.heed.journal.GatesEvent;
import dev.heed.policy.EscalationLevel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Risk is 3 at prior ½, 4.2 after one verdict of a violation, 4.76 after two. */
class ConcernsTest {
    private final ItemsTrial items = new ItemsTrial(ItemsPolicies.policy()
            .setEscalationLevels(List.of(ItemsPolicies.level("team", 4.0), critical("lead", 4.7)))
            .build());

    @AfterEach
    void lawsHold() {
        items.check();
    }

    @Test
    void gatesAreToldOfACriticalEscalationUntilItIsClosed() {
        items.interaction("i1", 2);
        items.verdict("s1", "i1", "a", "violation");
        assertThat(told()).isEmpty();
        items.verdict("s2", "i1", "b", "violation");
        assertThat(told())
                .extracting(Concern::getConcernId, Concern::getBlocker, Concern::getOpen, Concern::getModels)
                .containsExactly(
                        tuple("i1|violation", Blocker.CRITICAL_ESCALATION, true, List.of("model-0", "model-1")));
        ActionAccepted resolve = new ActionAccepted();
        resolve.setEventId("r1");
        resolve.setActor("ada");
        resolve.setResolve(new Resolve("violation", "i1", "withdrawn"));
        items.sendPublic("i1", resolve);
        assertThat(told()).extracting(Concern::getOpen).containsExactly(true, false);
    }

    private List<Concern> told() {
        return items.sent(Channel.GATES_JOURNAL, GatesEvent.class).stream()
                .map(GatesEvent::getConcern)
                .toList();
    }

    private static EscalationLevel critical(String name, double threshold) {
        EscalationLevel level = ItemsPolicies.level(name, threshold);
        level.setCritical(true);
        return level;
    }
}
