package dev.heed.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heed.bench.faults.FaultEvents.Told;
import dev.heed.core.Channel;
import dev.heed.event.Action;
import dev.heed.event.Consent;
import dev.heed.event.ConsentKind;
import dev.heed.event.Feedback;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stream that the loop is told while it is killed. */
class FaultEventsTest {
    private static final long NOW_MS = 1_700_000_000_000L;

    @Test
    void theSameSeedTellsTheSame() {
        assertThat(told(3, 500)).isEqualTo(told(3, 500)).isNotEqualTo(told(4, 500));
    }

    @Test
    void everythingThatMakesOrUnmakesARowIsInIt() {
        List<Told> told = told(1, 5_000);
        List<Feedback> labels = only(told, Feedback.class);
        List<Action> actions = only(told, Action.class);

        assertThat(labels).anyMatch(label -> label.getRevises() != null && !label.getWithdrawn());
        assertThat(labels).anyMatch(Feedback::getWithdrawn);
        assertThat(only(told, Consent.class))
                .extracting(Consent::getKind)
                .contains(ConsentKind.GRANT, ConsentKind.WITHDRAW, ConsentKind.ERASE);
        assertThat(actions).anyMatch(action -> action.getAppeal() != null);
        assertThat(actions).anyMatch(action -> action.getSeal() != null);
        assertThat(told).anyMatch(each -> each.event() == null);
        assertThat(told).extracting(Told::channel).contains(Channel.INTERACTIONS, Channel.SIGNALS, Channel.ACTIONS);
        assertThat(new HashSet<>(told).size()).as("some are told again").isLessThan(told.size() - 100);
    }

    @Test
    void whoHadEverythingErasedSaysNothingAnyMore() {
        Set<String> erased = new HashSet<>();
        Set<String> heard = new HashSet<>();
        for (Consent consent : only(told(2, 5_000), Consent.class)) {
            if (heard.add(consent.getEventId())) {
                assertThat(erased).doesNotContain(consent.getSubjectId());
                if (consent.getKind() == ConsentKind.ERASE) {
                    erased.add(consent.getSubjectId());
                }
            }
        }
        assertThat(erased).isNotEmpty();
    }

    private static List<Told> told(long seed, int events) {
        FaultEvents stream = new FaultEvents(seed);
        List<Told> told = new ArrayList<>(stream.beginning(NOW_MS));
        for (int i = 0; i < events; i++) {
            told.add(stream.next(NOW_MS + i));
        }
        return told;
    }

    private static <T> List<T> only(List<Told> told, Class<T> type) {
        return told.stream()
                .map(Told::event)
                .filter(Objects::nonNull)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
