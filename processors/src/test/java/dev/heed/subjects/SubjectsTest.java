package dev.heed.subjects;

import static dev.heed.event.ConsentScope.RETAIN;
import static dev.heed.event.ConsentScope.REVIEW;
import static dev.heed.event.ConsentScope.TRAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heed.core.NotUpgraded;
import dev.heed.event.ConsentKind;
import dev.heed.fact.ConsentDecided;
import dev.heed.fact.DuplicateIgnored;
import dev.heed.fact.EventRefused;
import dev.heed.fact.FanOutAdvanced;
import dev.heed.fact.FanOutFinished;
import dev.heed.fact.FanOutStarted;
import dev.heed.fact.InteractionIndexed;
import dev.heed.journal.ActionAccepted;
import dev.heed.subjects.fanout.FanOutFeature;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubjectsTest {
    private static final int STEP = FanOutFeature.MAX_INTERACTIONS_PER_STEP;

    private final SubjectsTrial trial = new SubjectsTrial();

    @AfterEach
    void everyStoryReplays() {
        trial.stage().checkReplay();
    }

    @Test
    void whoSaidNothingIsReviewedAndKeptButNotTrainedOn() {
        trial.register("ida", "chat");
        assertThat(trial.told()).containsExactly(new ConsentDecided("chat", "ida", 0L, true, false, true, false));
        assertThat(trial.register("ida", "chat")).singleElement().isInstanceOf(DuplicateIgnored.class);
    }

    @Test
    void aGrantReachesWhatIsThereAndWhatComes() {
        trial.register("ida", "before");
        trial.grant("ida", TRAIN);
        trial.register("ida", "after");
        assertThat(trial.of("before")).isEqualTo(new ConsentDecided("before", "ida", 1L, true, true, true, false));
        assertThat(trial.of("after")).isEqualTo(new ConsentDecided("after", "ida", 1L, true, true, true, false));
        assertThat(trial.stage().facts(FanOutFinished.class)).containsExactly(new FanOutFinished("ida", 1L, 1L));
    }

    @Test
    void aWithdrawalEndsOnlyWhatItNames() {
        trial.register("ida", "chat");
        trial.grant("ida", TRAIN);
        trial.withdraw("ida", REVIEW);
        assertThat(trial.of("chat")).isEqualTo(new ConsentDecided("chat", "ida", 2L, false, true, true, false));
        trial.withdraw("ida", TRAIN);
        assertThat(trial.of("chat")).isEqualTo(new ConsentDecided("chat", "ida", 3L, false, false, true, false));
    }

    @Test
    void whatMayNotBeKeptMayNotBeUsed() {
        trial.grant("ida", TRAIN);
        trial.register("ida", "chat");
        trial.withdraw("ida", RETAIN);
        assertThat(trial.of("chat")).isEqualTo(new ConsentDecided("chat", "ida", 2L, false, false, false, true));
        trial.grant("ida", RETAIN);
        trial.register("ida", "later");
        assertThat(trial.of("chat")).isEqualTo(new ConsentDecided("chat", "ida", 3L, false, false, false, true));
        assertThat(trial.of("later")).isEqualTo(new ConsentDecided("later", "ida", 3L, true, true, true, false));
    }

    @Test
    void anErasureEndsEverythingAndOverridesAGrantThatComesBeforeItWasCarriedToAll() {
        trial.grant("ida", TRAIN);
        for (int i = 0; i < 2 * STEP; i++) {
            trial.register("ida", "chat-" + i);
        }
        trial.say("ida", "gone", ConsentKind.ERASE);
        trial.grant("ida", TRAIN, REVIEW, RETAIN);
        trial.register("ida", "later");
        trial.stage().tickAfter(1_000);
        trial.stage().tickAfter(1_000);
        trial.stage().tickAfter(1_000);

        for (int i = 0; i < 2 * STEP; i++) {
            String chat = "chat-" + i;
            assertThat(trial.of(chat)).isEqualTo(new ConsentDecided(chat, "ida", 3L, false, false, false, true));
        }
        assertThat(trial.of("later").getTrain()).isTrue();
    }

    @Test
    void anErasureNamesNoScopesAndAConsentSome() {
        trial.say("ida", "odd", ConsentKind.ERASE, TRAIN);
        trial.say("ida", "empty", ConsentKind.WITHDRAW);

        assertThat(trial.stage().facts(EventRefused.class)).hasSize(2).allMatch(refused -> refused.getReason()
                .contains("none for an erasure"));
    }

    @Test
    void anOldConsentThatComesAgainDoesNotUndoAWithdrawal() {
        trial.register("ida", "chat");
        trial.say("ida", "c1", ConsentKind.GRANT, TRAIN);
        trial.say("ida", "c2", ConsentKind.WITHDRAW, TRAIN);
        assertThat(trial.say("ida", "c1", ConsentKind.GRANT, TRAIN))
                .singleElement()
                .isInstanceOf(DuplicateIgnored.class);
        assertThat(trial.of("chat").getTrain()).isFalse();
    }

    @Test
    void subjectsDoNotSpeakForEachOther() {
        trial.register("ida", "hers");
        trial.register("jan", "his");
        trial.grant("ida", TRAIN);
        assertThat(trial.of("his").getTrain()).isFalse();
        assertThat(trial.of("his").getEpoch()).isZero();
    }

    @Test
    void aLongFanOutGoesOnAtTicks() {
        register("ida", 0, 2 * STEP + 10);
        assertThat(trial.grant("ida", TRAIN))
                .filteredOn(ConsentDecided.class::isInstance)
                .hasSize(STEP);
        assertThat(trial.stage().tickAfter(1_000))
                .filteredOn(ConsentDecided.class::isInstance)
                .hasSize(STEP);
        List<SpecificRecord> last = trial.stage().tickAfter(1_000);
        assertThat(last).filteredOn(ConsentDecided.class::isInstance).hasSize(10);
        assertThat(last).contains(new FanOutFinished("ida", 1L, 2L * STEP + 10));
        assertThat(trial.stage().tickAfter(1_000)).isEmpty();
        assertThat(trial.stage().facts(FanOutStarted.class)).hasSize(1);
        assertThat(trial.stage().facts(FanOutAdvanced.class)).hasSize(2);
    }

    @Test
    void anInteractionThatComesDuringAFanOutIsToldOnce() {
        register("ida", 0, 2 * STEP);
        trial.grant("ida", TRAIN);
        trial.register("ida", "chat-0000a");
        trial.register("ida", "zzz");
        trial.stage().tickAfter(1_000);
        trial.stage().tickAfter(1_000);
        for (String late : List.of("chat-0000a", "zzz")) {
            assertThat(trial.told())
                    .filteredOn(decided -> decided.getInteractionId().equals(late))
                    .singleElement()
                    .satisfies(decided -> assertThat(decided.getEpoch()).isEqualTo(1));
        }
        assertThat(trial.stage().facts(FanOutFinished.class)).hasSize(1);
    }

    @Test
    void aNewerConsentStartsOverWithItsOwnEpoch() {
        register("ida", 0, 3 * STEP);
        trial.grant("ida", TRAIN);
        trial.withdraw("ida", TRAIN);
        for (int i = 0; i < 4; i++) {
            trial.stage().tickAfter(1_000);
        }
        assertThat(trial.stage().facts(FanOutFinished.class)).containsExactly(new FanOutFinished("ida", 2L, 3L * STEP));
        for (int i = 0; i < 3 * STEP; i++) {
            assertThat(trial.of(id(i)).getEpoch()).isEqualTo(2);
            assertThat(trial.of(id(i)).getTrain()).isFalse();
        }
    }

    @Test
    void fanOutsTakeTurns() {
        int subjects = FanOutFeature.MAX_FAN_OUTS_PER_TICK + 1;
        for (int s = 0; s < subjects; s++) {
            register("subject-" + s, 0, 3 * STEP);
            trial.grant("subject-" + s, TRAIN);
        }
        assertThat(trial.stage().tickAfter(1_000))
                .filteredOn(ConsentDecided.class::isInstance)
                .hasSize(FanOutFeature.MAX_FAN_OUTS_PER_TICK * STEP);
        // The one that had to wait is first now.
        assertThat(trial.stage().tickAfter(1_000))
                .first()
                .isInstanceOfSatisfying(ConsentDecided.class, decided -> assertThat(decided.getSubject())
                        .isEqualTo("subject-" + (subjects - 1)));
    }

    @Test
    void aConsentAboutNothingIsRefused() {
        assertThat(trial.grant("ida")).singleElement().isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(
                        refused.getReason())
                .contains("at least one of REVIEW, TRAIN, RETAIN"));
    }

    @Test
    void aKindFromANewerVersionStopsTheStage() {
        SubjectsTrial stopped = new SubjectsTrial();
        assertThatThrownBy(() -> stopped.say("ida", "c1", ConsentKind.UNKNOWN, TRAIN))
                .isInstanceOf(NotUpgraded.class);
    }

    @Test
    void anActIsRefused() {
        ActionAccepted action =
                ActionAccepted.newBuilder().setEventId("act-1").setActor("ops").build();

        assertThat(trial.stage().sendPublic("preference", action))
                .first()
                .isInstanceOfSatisfying(EventRefused.class, refused -> assertThat(refused.getReasonCode())
                        .isEqualTo("action_misplaced"));
    }

    private void register(String subject, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(trial.register(subject, id(i))).first().isInstanceOf(InteractionIndexed.class);
        }
    }

    private static String id(int i) {
        return "chat-%04d".formatted(i);
    }
}
