package dev.heed.calibration.suspension;

import static dev.heed.calibration.CalibrationTrial.human;
import static dev.heed.calibration.CalibrationTrial.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heed.calibration.CalibrationTrial;
import dev.heed.core.Channel;
import dev.heed.event.Blocker;
import dev.heed.event.RaterStatus;
import dev.heed.fact.BeliefUpdated;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.SetAsideAdvanced;
import dev.heed.fact.SetAsideFinished;
import dev.heed.fact.SetAsideStarted;
import dev.heed.journal.Concern;
import dev.heed.journal.GatesEvent;
import dev.heed.journal.SubmittedLabel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspensionTest {
    private final CalibrationTrial trial = new CalibrationTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.check();
    }

    @Test
    void onlyItemsWithALabelOfTheRaterAreLookedAtAgainAFewPerTick() {
        trial.trust(rule().setSetAsidePerTick(3).build());
        for (int i = 0; i < 5; i++) {
            trial.submit("chat-" + i, human("anna-" + i, "anna", "bad"), human("ben-" + i, "ben", "ok"));
        }
        trial.submit("not-annas", human("ben-x", "ben", "ok"));
        suspend("anna");
        // 5 chats and the golds she answered, in the order of their names, three per tick.
        int told = trial.told().size();
        trial.stage().tickAfter(1_000);
        assertThat(trial.told().subList(told, trial.told().size()))
                .extracting(BeliefUpdated::getInteractionId)
                .containsExactly("chat-0", "chat-1", "chat-2");
        assertThat(trial.told().get(told).getSetAsideLabelIds()).containsExactly("anna-0");
        assertThat(trial.told().get(told).getHumanLabels()).isEqualTo(1);
        trial.stage().tickAfter(1_000);
        trial.stage().tickAfter(1_000);
        trial.stage().tickAfter(1_000);

        assertThat(trial.stage().facts(SetAsideStarted.class)).hasSize(1);
        assertThat(trial.stage().facts(SetAsideAdvanced.class))
                .extracting(SetAsideAdvanced::getItems)
                .containsExactly(3, 3, 2);
        assertThat(trial.stage().facts(SetAsideFinished.class)).singleElement().satisfies(finished -> {
            assertThat(finished.getItems()).isEqualTo(8);
            assertThat(finished.getReason()).isEqualTo("done");
        });
        // Meanwhile no gate on the question is to pass.
        assertThat(trial.stage().sent(Channel.GATES_JOURNAL))
                .extracting(sent -> ((GatesEvent) Objects.requireNonNull(sent.value())).getConcern())
                .extracting(Concern::getBlocker, Concern::getOpen)
                .containsExactly(tuple(Blocker.SUSPENDED_RATER, true), tuple(Blocker.SUSPENDED_RATER, false));
        for (int i = 0; i < 5; i++) {
            assertThat(trial.item("chat-" + i).getHeld())
                    .extracting(SubmittedLabel::getRaterId)
                    .containsExactly("ben");
        }
        assertThat(trial.told())
                .filteredOn(each -> each.getInteractionId().equals("not-annas"))
                .hasSize(1);
        int all = trial.told().size();
        trial.stage().tickAfter(1_000);
        assertThat(trial.told()).hasSize(all);
    }

    @Test
    void whatTheRaterSaysWhileSuspendedIsSetAsideAtOnceWithWhatTheySaidBefore() {
        trial.trust(rule().build());
        trial.submit("chat", human("anna-1", "anna", "bad"), human("ben-1", "ben", "ok"));
        suspend("anna");
        trial.submit("chat", human("anna-2", "anna", "ok"));
        BeliefUpdated told = trial.told().get(trial.told().size() - 1);
        assertThat(told.getInteractionId()).isEqualTo("chat");
        assertThat(told.getSetAsideLabelIds()).containsExactly("anna-2");
        assertThat(trial.item("chat").getHeld())
                .extracting(SubmittedLabel::getLabelId)
                .containsExactly("ben-1");
        // The same again, and a withdrawal that crossed it, are repeats.
        trial.submit("chat", human("anna-2", "anna", "ok"));
        trial.withdraw("chat", "anna-1");
        trial.withdraw("chat", "anna-2");
        assertThat(trial.stage().facts(DuplicateIgnored.class)).hasSize(3);
    }

    @Test
    void anItemThatOnlyTheSuspendedLabelledIsTold() {
        trial.trust(rule().build());
        suspend("anna");
        trial.submit("new", human("anna-1", "anna", "bad"));
        BeliefUpdated told = trial.told().get(trial.told().size() - 1);
        assertThat(told.getHumanLabels()).isZero();
        assertThat(told.getSetAsideLabelIds()).containsExactly("anna-1");
    }

    @Test
    void aSuspensionThatWasAMistakeStopsHalfwayAndNothingComesBack() {
        trial.trust(rule().setSetAsidePerTick(2).build());
        for (int i = 0; i < 4; i++) {
            trial.submit("chat-" + i, human("anna-" + i, "anna", "bad"));
        }
        suspend("anna");
        trial.stage().tickAfter(1_000);
        trial.gold("gold-0", "ok");
        assertThat(trial.status("anna")).isEqualTo(RaterStatus.ACTIVE);
        assertThat(trial.stage().facts(SetAsideFinished.class)).singleElement().satisfies(finished -> {
            assertThat(finished.getItems()).isEqualTo(2);
            assertThat(finished.getReason()).isEqualTo("lifted");
        });
        trial.stage().tickAfter(1_000);
        assertThat(trial.item("chat-1").getHeld()).isEmpty();
        assertThat(trial.item("chat-2").getHeld()).hasSize(1);
        // Whoever is back is counted again.
        trial.submit("chat-9", human("anna-9", "anna", "bad"));
        assertThat(trial.item("chat-9").getHeld()).hasSize(1);
    }

    @Test
    void theNextSuspensionFindsOnlyTheLabelsSinceTheReturn() {
        trial.trust(rule().setSuspensionMs(0).build());
        trial.submit("chat-0", human("anna-0", "anna", "bad"));
        suspend("anna");
        trial.stage().tickAfter(1_000);
        trial.reinstate("r", "anna");
        trial.submit("chat-1", human("anna-1", "anna", "bad"));
        int golds = 0;
        do {
            trial.blind("later-" + golds, "anna", false);
            golds++;
        } while (trial.status("anna") != RaterStatus.SUSPENDED);
        trial.stage().tickAfter(1_000);
        List<SetAsideFinished> finished = trial.stage().facts(SetAsideFinished.class);
        assertThat(finished.get(finished.size() - 1).getItems()).isEqualTo(golds + 1L);
    }

    private void suspend(String rater) {
        int golds = 0;
        do {
            trial.blind("gold-" + golds, rater, false);
            golds++;
        } while (trial.status(rater) != RaterStatus.SUSPENDED);
        assertThat(golds).isEqualTo(3);
    }
}
