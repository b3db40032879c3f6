package dev.heed.guarantee;

import dev.heed.core.Channel;
import dev.heed.event.RaterStatus;
import dev.heed.fact.BeliefMove;
import dev.heed.fact.CalibrationFact;
import dev.heed.fact.SetAsideFinished;
import dev.heed.fact.SetAsideStarted;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.SubmittedLabel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Once the labels of a suspended rater have been gone over, none is in a belief until the rater returns; and from the
 * moment of the suspension on, none comes in.
 */
public final class SuspendedAreSilent implements Guarantee {
    /** A rater on a question. */
    private record Rater(String questionId, String kind, String raterId) {}

    @Override
    public List<String> breaches(LogView logs) {
        Map<Integer, Task> tasks = new TreeMap<>();
        for (LogView.Logged logged : logs.records(Channel.CALIBRATION_FACTS)) {
            if (logged.value() instanceof CalibrationFact fact) {
                tasks.computeIfAbsent(logged.partition(), p -> new Task("calibration.facts-" + p + ": "))
                        .add(fact);
            }
        }
        List<String> breaches = new ArrayList<>();
        tasks.values().forEach(task -> breaches.addAll(task.breaches()));
        return breaches;
    }

    private static final class Task {
        private final String where;
        private final Set<Rater> suspended = new HashSet<>();
        private final Set<Rater> beingSetAside = new HashSet<>();
        private final Map<String, BeliefMove> items = new TreeMap<>();
        private final List<String> breaches = new ArrayList<>();

        Task(String where) {
            this.where = where;
        }

        void add(CalibrationFact fact) {
            if (fact.getStandingChanged() != null) {
                changed(fact.getStandingChanged());
            } else if (fact.getSetAsideStarted() != null) {
                SetAsideStarted started = fact.getSetAsideStarted();
                beingSetAside.add(
                        new Rater(started.getQuestionId(), started.getKind().name(), started.getRaterId()));
            } else if (fact.getSetAsideFinished() != null) {
                SetAsideFinished finished = fact.getSetAsideFinished();
                beingSetAside.remove(
                        new Rater(finished.getQuestionId(), finished.getKind().name(), finished.getRaterId()));
            } else if (fact.getBeliefMoved() != null) {
                moved(fact.getBeliefMoved());
            }
        }

        private void changed(StandingChanged fact) {
            RaterStanding standing = fact.getStanding();
            Rater rater = new Rater(standing.getQuestionId(), standing.getKind().name(), standing.getRaterId());
            if (standing.getStatus() == RaterStatus.SUSPENDED) {
                suspended.add(rater);
            } else {
                suspended.remove(rater);
            }
        }

        private void moved(BeliefMove move) {
            BeliefMove before = items.put(move.getQuestionId() + "|" + move.getInteractionId(), move);
            for (SubmittedLabel label : move.getCounted()) {
                boolean comesIn = before == null || !before.getCounted().contains(label);
                if (comesIn && suspended.contains(rater(move, label))) {
                    breaches.add(where + label + " came into " + move.getInteractionId()
                            + " (expected: none of a suspended rater)");
                }
            }
        }

        List<String> breaches() {
            List<String> all = new ArrayList<>(breaches);
            for (BeliefMove move : items.values()) {
                for (SubmittedLabel label : move.getCounted()) {
                    Rater rater = rater(move, label);
                    if (suspended.contains(rater) && !beingSetAside.contains(rater)) {
                        all.add(where + label + " is held by " + move.getInteractionId()
                                + " (expected: none of a suspended rater)");
                    }
                }
            }
            return all;
        }

        private static Rater rater(BeliefMove move, SubmittedLabel label) {
            return new Rater(move.getQuestionId(), label.getRaterKind().name(), label.getRaterId());
        }
    }
}
