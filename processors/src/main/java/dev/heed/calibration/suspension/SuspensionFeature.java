package dev.heed.calibration.suspension;

import dev.heed.calibration.Standings;
import dev.heed.core.Feature;
import dev.heed.core.GateConcerns;
import dev.heed.core.Keys;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.StateReader;
import dev.heed.core.Step;
import dev.heed.event.Blocker;
import dev.heed.event.RaterKind;
import dev.heed.event.RaterStatus;
import dev.heed.fact.FactHeader;
import dev.heed.fact.SetAsideAdvanced;
import dev.heed.fact.SetAsideFinished;
import dev.heed.fact.SetAsideStarted;
import dev.heed.fact.StandingChanged;
import dev.heed.journal.Concern;
import dev.heed.journal.LabelWithdrawn;
import dev.heed.journal.RaterStanding;
import dev.heed.journal.Tick;
import dev.heed.policy.RaterTrust;
import dev.heed.state.HeldItem;
import dev.heed.state.SetAsideCursor;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Sets the labels of a suspended rater aside, a bounded number of items per tick, so that only the judgments they had a
 * part in are looked at again. Each is the withdrawal of one label, decided right after the step.
 *
 * <p>Labels do not come back when the rater does: the items have asked others meanwhile and have no slot for them, and
 * a new episode says nothing of the labels of the old one.
 */
public final class SuspensionFeature implements Feature {
    /** Most items gone over per tick, whatever the policy: each is decided under the same journal record. */
    static final int MAX_ITEMS_PER_TICK = 500;
    /** Most cursors looked at per tick; the rest wait for the next. */
    static final int MAX_CURSORS_PER_TICK = 16;
    /** Items per tick for raters of a question that has no rule any more. */
    static final int ITEMS_WITHOUT_RULE = 64;

    static final String DONE = "done";
    static final String LIFTED = "lifted";

    @Override
    public void decide(Step step) {
        for (StandingChanged changed : step.facts(StandingChanged.class)) {
            follow(step, changed);
        }
        if (step.event() instanceof Tick && step.hasPolicy()) {
            advance(step);
        }
    }

    private static void follow(Step step, StandingChanged changed) {
        RaterStanding standing = changed.getStanding();
        RaterKind kind = standing.getKind();
        SetAsideCursor cursor = step.state()
                .get(
                        SuspensionKeys.cursor(standing.getQuestionId(), kind, standing.getRaterId()),
                        SetAsideCursor.class);
        if (standing.getStatus() == RaterStatus.SUSPENDED) {
            step.emit(
                    new SetAsideStarted(standing.getQuestionId(), kind, standing.getRaterId(), standing.getEpisode()));
        } else if (cursor != null) {
            step.emit(new SetAsideFinished(
                    standing.getQuestionId(), kind, standing.getRaterId(), cursor.getItems(), LIFTED));
        }
    }

    private static void advance(Step step) {
        int left = MAX_ITEMS_PER_TICK;
        for (StateReader.Entry<SetAsideCursor> entry :
                step.state().withPrefix(SuspensionKeys.cursors(), SetAsideCursor.class, MAX_CURSORS_PER_TICK)) {
            if (left > 0) {
                String[] parts = Keys.parts(entry.key());
                left -= advance(step, parts[1], RaterKind.valueOf(parts[2]), parts[3], entry.value(), left);
            }
        }
    }

    private static int advance(
            Step step, String questionId, RaterKind kind, String raterId, SetAsideCursor cursor, int most) {
        RaterTrust rule = Standings.rule(step.policy(), questionId);
        int limit = Math.min(most, rule == null ? ITEMS_WITHOUT_RULE : rule.getSetAsidePerTick());
        List<StateReader.Entry<HeldItem>> items = step.state()
                .withPrefixAfter(
                        SuspensionKeys.heldItems(questionId, kind, raterId),
                        SuspensionKeys.heldItem(questionId, kind, raterId, cursor.getLastInteractionId()),
                        HeldItem.class,
                        limit);
        for (StateReader.Entry<HeldItem> item : items) {
            String labelId = item.value().getLabelId();
            step.thenDecide(new LabelWithdrawn(Keys.lastPart(item.key()), questionId, labelId, true), null);
        }
        if (!items.isEmpty()) {
            String last = Keys.lastPart(items.get(items.size() - 1).key());
            step.emit(new SetAsideAdvanced(questionId, kind, raterId, last, items.size()));
        }
        if (items.size() < limit) {
            step.emit(new SetAsideFinished(questionId, kind, raterId, cursor.getItems() + items.size(), DONE));
        }
        return items.size();
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof SetAsideStarted started) {
            state.put(
                    SuspensionKeys.cursor(started.getQuestionId(), started.getKind(), started.getRaterId()),
                    new SetAsideCursor("", 0L));
        } else if (fact instanceof SetAsideAdvanced advanced) {
            String key = SuspensionKeys.cursor(advanced.getQuestionId(), advanced.getKind(), advanced.getRaterId());
            SetAsideCursor cursor = Objects.requireNonNull(state.get(key, SetAsideCursor.class));
            state.put(
                    key, new SetAsideCursor(advanced.getLastInteractionId(), cursor.getItems() + advanced.getItems()));
        } else if (fact instanceof SetAsideFinished finished) {
            state.delete(SuspensionKeys.cursor(finished.getQuestionId(), finished.getKind(), finished.getRaterId()));
        }
    }

    /** While judgments still rest on the rater's labels, no gate on the question is to pass by them. */
    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof SetAsideStarted started) {
            tellGates(out, started.getQuestionId(), started.getKind(), started.getRaterId(), true);
        } else if (fact instanceof SetAsideFinished finished) {
            tellGates(out, finished.getQuestionId(), finished.getKind(), finished.getRaterId(), false);
        }
    }

    private static void tellGates(Outbox out, String questionId, RaterKind kind, String raterId, boolean open) {
        GateConcerns.tell(
                out,
                new Concern(
                        String.join("|", questionId, kind.name(), raterId),
                        Blocker.SUSPENDED_RATER,
                        open,
                        List.of(questionId),
                        List.of(),
                        List.of(),
                        List.of(),
                        "labels of a suspended rater are being set aside"));
    }
}
