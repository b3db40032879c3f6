package dev.heed.calibration.standing;

import dev.heed.core.Step;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.AnomalyFound;
import dev.heed.fact.RaterEvidence;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.RaterStanding;
import dev.heed.policy.RaterTrust;
import dev.heed.state.RaterTrack;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a rater's status from what is now known.
 *
 * <p>Evidence on gold suspends from any status. Conduct alone never does: it puts an ACTIVE rater on PROBATION, where
 * gold decides. ONBOARDING and PROBATION end with enough of the latest golds right; a rater who comes back from a
 * suspension goes through both.
 */
final class Change {
    static final String FIRST_LABEL = "first_label";
    static final String ENTRY_PASSED = "entry_passed";
    static final String EVIDENCE = "evidence";
    static final String GOLD_CORRECTED = "gold_corrected";
    static final String SUSPENSION_OVER = "suspension_over";
    static final String REINSTATED = "reinstated";

    private static final int FIRST_EPISODE = 1;

    private final Step step;
    private final RaterTrust rule;
    private final String questionId;
    private final RaterKind kind;
    private final String raterId;

    Change(Step step, RaterTrust rule, String questionId, RaterKind kind, String raterId) {
        this.step = step;
        this.rule = rule;
        this.questionId = questionId;
        this.kind = kind;
        this.raterId = raterId;
    }

    /** How a rater begins who was never met on the question. */
    static StandingChanged first(Step step, RaterTrust rule, String questionId, RaterKind kind, String raterId) {
        RaterStatus status = rule.getOnboardingGolds() > 0 ? RaterStatus.ONBOARDING : RaterStatus.ACTIVE;
        RaterEvidence none = Evidence.start(rule.getRequiredAccuracyMicros(), rule.getAlphaMicros(), 1);
        RaterStanding standing = new RaterStanding(raterId, questionId, kind, status, FIRST_EPISODE, 1L);
        return fact(rule, standing, RaterStatus.UNKNOWN, FIRST_LABEL, none, 0, null);
    }

    void decide() {
        anomaly(Conduct.POSITION, track().getPosition());
        anomaly(Conduct.HASTE, track().getHaste());
        RaterTrack track = track();
        RaterStatus status = track.getStanding().getStatus();
        if (status == RaterStatus.SUSPENDED) {
            if (!track.getGold().getFailed()) {
                // What suspended the rater was a wrong answer key; no error was spent on a rater who was right.
                change(track.getBeforeSuspension(), GOLD_CORRECTED);
            }
        } else if (track.getGold().getFailed()) {
            change(RaterStatus.SUSPENDED, EVIDENCE);
        } else if (status != RaterStatus.ACTIVE && entryIsPassed(track)) {
            change(afterEntry(track), ENTRY_PASSED);
        }
    }

    private void anomaly(String test, @Nullable RaterEvidence evidence) {
        if (evidence == null || !evidence.getFailed()) {
            return;
        }
        step.emit(new AnomalyFound(questionId, kind, raterId, test, evidence, Evidence.logThresholdNanos(evidence)));
        if (track().getStanding().getStatus() == RaterStatus.ACTIVE) {
            change(RaterStatus.PROBATION, test);
        }
    }

    private boolean entryIsPassed(RaterTrack track) {
        int golds = entryGolds(rule, track.getStanding().getStatus());
        long needed = rule.getEntryAccuracyMicros() * golds;
        return GoldAnswers.sinceEntry(track) >= golds && GoldAnswers.rightOfLatest(track, golds) * 1_000_000 >= needed;
    }

    private static int entryGolds(RaterTrust rule, RaterStatus status) {
        return switch (status) {
            case ONBOARDING -> rule.getOnboardingGolds();
            case PROBATION -> rule.getProbationGolds();
            default -> 0;
        };
    }

    private static RaterStatus afterEntry(RaterTrack track) {
        boolean returned = track.getStanding().getEpisode() > FIRST_EPISODE
                && track.getStanding().getStatus() == RaterStatus.ONBOARDING;
        return returned ? RaterStatus.PROBATION : RaterStatus.ACTIVE;
    }

    private void change(RaterStatus status, String cause) {
        RaterTrack track = track();
        RaterStanding before = track.getStanding();
        int golds = entryGolds(rule, before.getStatus());
        step.emit(fact(
                rule,
                next(before, status, before.getEpisode()),
                before.getStatus(),
                cause,
                track.getGold(),
                GoldAnswers.rightOfLatest(track, golds),
                status == RaterStatus.SUSPENDED && rule.getSuspensionMs() > 0
                        ? step.nowMs() + rule.getSuspensionMs()
                        : null));
    }

    /** A suspension ends: the rater begins anew. */
    StandingChanged returned(String cause, @Nullable String actor, @Nullable String eventId) {
        RaterTrack track = track();
        RaterStanding before = track.getStanding();
        RaterStatus status = rule.getOnboardingGolds() > 0 ? RaterStatus.ONBOARDING : RaterStatus.PROBATION;
        StandingChanged fact = fact(
                rule,
                next(before, status, before.getEpisode() + 1),
                before.getStatus(),
                cause,
                Evidence.under(
                        Evidence.again(track.getGold()), rule.getRequiredAccuracyMicros(), rule.getAlphaMicros()),
                0,
                null);
        fact.setActor(actor);
        fact.setEventId(eventId);
        return fact;
    }

    private static RaterStanding next(RaterStanding before, RaterStatus status, int episode) {
        return new RaterStanding(
                before.getRaterId(),
                before.getQuestionId(),
                before.getKind(),
                status,
                episode,
                before.getVersion() + 1);
    }

    private static StandingChanged fact(
            RaterTrust rule,
            RaterStanding standing,
            RaterStatus previous,
            String cause,
            RaterEvidence evidence,
            long entryRight,
            @Nullable Long dueMs) {
        return new StandingChanged(
                standing,
                previous,
                cause,
                evidence,
                Evidence.logThresholdNanos(evidence),
                entryRight,
                entryGolds(rule, previous),
                rule.getEntryAccuracyMicros(),
                dueMs,
                null,
                null);
    }

    private RaterTrack track() {
        return StandingFeature.track(step.state(), questionId, kind, raterId);
    }
}
