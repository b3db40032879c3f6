package dev.heed.gates.evidence;

import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Verdict;
import dev.heed.fact.WatchEnded;
import dev.heed.gates.GateKeys;
import dev.heed.out.BlockerFound;
import dev.heed.state.GateState;
import dev.heed.state.SliceProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A gate in one step: bets within the step's limit, then says what has changed. */
final class Gate {
    private final Step step;
    private final GateState before;

    private Gate(Step step, GateState before) {
        this.step = step;
        this.before = before;
    }

    static Gate read(Step step, String candidateId) {
        return new Gate(step, state(step.state(), candidateId));
    }

    private static GateState state(StateReader state, String candidateId) {
        return Objects.requireNonNull(state.get(GateKeys.gate(candidateId), GateState.class));
    }

    /** Bets on what can be bet on, and says so if that changes what is to be said of the gate or of a slice. */
    void advance() {
        GateState after = bet();
        if (!Announcement.conclusion(after).equals(Announcement.conclusion(before))
                || !verdicts(before).equals(verdicts(after))) {
            Announcement.say(step, after);
        }
    }

    /** As {@link #advance}, and says how the gate stands in any case. */
    void tell() {
        Announcement.say(step, bet());
    }

    private GateState bet() {
        // An attempt has its own level, and so its own stakes.
        if (before.getAttempt() == 0) {
            return before;
        }
        boolean closing = step.nowMs() >= before.getDeadlineMs();
        int betsLeft = EvidenceFeature.MAX_BETS_PER_STEP;
        List<SliceStep> slices = new ArrayList<>();
        for (SliceProgress slice : before.getSlices()) {
            SliceStep sliceStep = new SliceStep(step, before, slice, Announcement.alpha(before), closing);
            betsLeft -= sliceStep.bet(betsLeft);
            slices.add(sliceStep);
        }
        boolean more = slices.stream().anyMatch(SliceStep::canBet);
        slices.stream().filter(slice -> slice.bets() > 0).forEach(slice -> slice.emit(more));
        return state(step.state(), before.getCandidateId());
    }

    private static List<Verdict> verdicts(GateState gate) {
        return gate.getSlices().stream().map(Conclusion::of).toList();
    }

    /** Looks again at what keeps it from passing, or may take its pass back. */
    void lookAgain() {
        if (before.getHeld()) {
            List<BlockerFound> found = Blockers.ofPassing(step, before);
            if (!found.equals(before.getFound())) {
                Announcement.say(step, before);
            }
        } else if (before.getWatchedUntilMs() > 0 && before.getWatchedUntilMs() <= step.nowMs()) {
            step.emit(new WatchEnded(before.getCandidateId()));
        } else if (before.getWatchedUntilMs() > 0) {
            List<BlockerFound> found = Blockers.ofStaying(step, before);
            if (!found.isEmpty()) {
                Announcement.revoke(step, before, found);
            }
        }
    }
}
