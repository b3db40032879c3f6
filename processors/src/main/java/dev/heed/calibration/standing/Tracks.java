package dev.heed.calibration.standing;

import dev.heed.calibration.CalibrationKeys;
import dev.heed.calibration.Standings;
import dev.heed.core.State;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.AnomalyFound;
import dev.heed.fact.FirstLabelScored;
import dev.heed.fact.GoldRescored;
import dev.heed.fact.RaterEvidence;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.RaterStanding;
import dev.heed.state.RaterTrack;
import dev.heed.state.Timer;
import java.util.Objects;

/** Writes what facts say of raters. */
final class Tracks {
    private static final long NEVER = 0;

    private Tracks() {}

    static void scored(State state, FirstLabelScored fact) {
        RaterTrack track = StandingFeature.track(state, fact.getQuestionId(), fact.getKind(), fact.getRaterId());
        RaterEvidence gold = fact.getGold();
        Long sequence = null;
        if (gold != null) {
            RaterTrack under = gold.getAttempt() == track.getGold().getAttempt()
                    ? track
                    : GoldAnswers.begun(
                            track, Evidence.start(gold.getRequiredMicros(), gold.getAlphaMicros(), gold.getAttempt()));
            sequence = GoldAnswers.nextSequence(under);
            track = GoldAnswers.plus(under, Objects.requireNonNull(fact.getGoldRight()), fact.getOutcomeMemory());
        }
        RaterTrack after = RaterTrack.newBuilder(track)
                .setPosition(fact.getPosition() == null ? track.getPosition() : fact.getPosition())
                .setHaste(fact.getHaste() == null ? track.getHaste() : fact.getHaste())
                .build();
        put(state, after);
        Seen.add(state, fact, sequence);
        if (fact.getDurationMs() != null) {
            Durations.add(state, fact.getQuestionId(), fact.getDurationMs());
        }
    }

    static void rescored(State state, GoldRescored fact) {
        RaterTrack track = StandingFeature.track(state, fact.getQuestionId(), fact.getKind(), fact.getRaterId());
        put(state, GoldAnswers.corrected(track, fact.getSequence(), fact.getGoldRight()));
    }

    static void found(State state, AnomalyFound fact) {
        RaterTrack track = StandingFeature.track(state, fact.getQuestionId(), fact.getKind(), fact.getRaterId());
        RaterTrack.Builder after = RaterTrack.newBuilder(track);
        RaterEvidence again = Evidence.again(fact.getEvidence());
        if (fact.getTest().equals(Conduct.POSITION)) {
            after.setPosition(again);
        } else {
            after.setHaste(again);
        }
        put(state, after.build());
    }

    static void changed(State state, StandingChanged fact) {
        RaterStanding standing = fact.getStanding();
        RaterKind kind = standing.getKind();
        RaterTrack before = Standings.find(state, standing.getQuestionId(), kind, standing.getRaterId());
        if (before == null) {
            put(state, newTrack(fact));
            return;
        }
        if (before.getDueMs() != NEVER) {
            state.delete(StandingKeys.due(before.getDueMs(), standing.getQuestionId(), kind, standing.getRaterId()));
        }
        long dueMs = fact.getDueMs() == null ? NEVER : fact.getDueMs();
        boolean suspended = standing.getStatus() == RaterStatus.SUSPENDED;
        boolean restored = fact.getCause().equals(Change.GOLD_CORRECTED);
        boolean returned = standing.getEpisode() > before.getStanding().getEpisode();
        RaterTrack track = returned ? GoldAnswers.begun(before, fact.getEvidence()) : before;
        put(
                state,
                RaterTrack.newBuilder(track)
                        .setStanding(standing)
                        .setBeforeSuspension(suspended ? fact.getPrevious() : RaterStatus.UNKNOWN)
                        .setDueMs(dueMs)
                        .setEntrySequence(
                                suspended || restored ? track.getEntrySequence() : GoldAnswers.nextSequence(track))
                        .build());
        if (dueMs != NEVER) {
            state.put(
                    StandingKeys.due(dueMs, standing.getQuestionId(), kind, standing.getRaterId()),
                    new Timer(dueMs, "suspension", standing.getRaterId()));
        }
    }

    private static RaterTrack newTrack(StandingChanged fact) {
        return new RaterTrack(
                fact.getStanding(),
                RaterStatus.UNKNOWN,
                NEVER,
                fact.getEvidence(),
                fact.getEvidence(),
                "",
                0L,
                0L,
                0L,
                null,
                null);
    }

    private static void put(State state, RaterTrack track) {
        RaterStanding standing = track.getStanding();
        state.put(CalibrationKeys.track(standing.getQuestionId(), standing.getKind(), standing.getRaterId()), track);
    }
}
