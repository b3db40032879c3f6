package dev.heed.items.rows;

import dev.heed.core.DatasetRules;
import dev.heed.core.Records;
import dev.heed.core.Step;
import dev.heed.event.RowOp;
import dev.heed.event.Split;
import dev.heed.fact.ClaimChanged;
import dev.heed.fact.RowBlock;
import dev.heed.fact.RowBlocker;
import dev.heed.fact.RowChanged;
import dev.heed.fact.RowClaim;
import dev.heed.items.Questions;
import dev.heed.items.RowPlaces;
import dev.heed.out.Delta;
import dev.heed.policy.DatasetRule;
import dev.heed.policy.Question;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of one question of an item to what {@link RowLaw} wants and the dataset's rule has room for: emits the
 * deltas, and what rows claim of their datasets.
 */
final class Settlement {
    private final Step step;
    private final @Nullable Question question;
    private final ItemQuestion held;
    private final String interactionId;
    private final String cause;
    private final Map<String, Row> wanted = new TreeMap<>();

    /** @param cause what happened, in the words of the stage */
    Settlement(Step step, RowLaw law, Item item, ItemQuestion held, String cause) {
        this.step = step;
        this.question = Questions.find(step.policy(), held.getQuestionId());
        this.held = held;
        this.interactionId = item.getInteraction().getInteractionId();
        this.cause = cause;
        law.wanted(step.policy(), question, item, held).forEach(row -> wanted.put(row.id(), row));
    }

    /** Every row: those that were ever made, those that wait, those to come. */
    void all() {
        for (Delta last : held.getRows()) {
            settle(last.getRowId(), last);
        }
        for (RowClaim claim : held.getClaims()) {
            if (last(claim.getRowId()) == null && !wanted.containsKey(claim.getRowId())) {
                move(claim, null);
            }
        }
        for (String rowId : wanted.keySet()) {
            if (last(rowId) == null) {
                settle(rowId, null);
            }
        }
    }

    /** One row. */
    void one(String rowId) {
        settle(rowId, last(rowId));
    }

    private void settle(String rowId, @Nullable Delta last) {
        Row row = wanted.get(rowId);
        RowClaim claim = Claims.find(held, rowId);
        Delta standing = last == null || last.getOp() == RowOp.RETRACT ? null : last;
        if (row == null) {
            move(claim, null);
            if (standing != null) {
                retract(standing, why());
            }
            return;
        }
        DatasetRule rule = DatasetRules.find(step.policy(), row.dataset());
        RowClaim now =
                rule == null ? null : Claims.of(step.state(), trust(), rule, row, claim, standing != null, cause);
        move(claim, now);
        if (now != null && now.getBlocker() != null) {
            if (standing != null) {
                retract(standing, whyBlocked(now, now.getBlocker()));
            }
        } else if (standing == null || !row.isSameAs(standing)) {
            add(row, last, standing);
        }
    }

    private Trust trust() {
        return new Trust(step.state(), step.policy(), Objects.requireNonNull(question));
    }

    private void move(@Nullable RowClaim from, @Nullable RowClaim to) {
        if (!Objects.equals(from, to)) {
            step.emit(new ClaimChanged(interactionId, held.getQuestionId(), from, to));
        }
    }

    private void add(Row row, @Nullable Delta last, @Nullable Delta standing) {
        RowOp op = standing == null ? RowOp.ADD : RowOp.REVISE;
        int revision = last == null ? 1 : last.getRevision() + 1;
        step.emit(new RowChanged(
                row.delta(op, revision, cause, RowCauses.of(cause, held, last), step.nowMs()),
                standing == null ? null : RowPlaces.of(standing),
                last == null ? Split.UNKNOWN : last.getSplit()));
    }

    private void retract(Delta last, String why) {
        Delta retraction = Records.with(last, delta -> {
            delta.setOp(RowOp.RETRACT);
            delta.setRevision(last.getRevision() + 1);
            delta.setCause(why);
            delta.setCauseKind(RowCauses.of(why, held, last));
            delta.setDecidedAtMs(step.nowMs());
        });
        step.emit(new RowChanged(retraction, RowPlaces.of(last), last.getSplit()));
    }

    private String why() {
        if (cause.equals(Rows.WITHDRAWN) || cause.equals(Rows.ERASED)) {
            return cause;
        }
        if (RowLaw.isGold(held)) {
            return Rows.GOLD;
        }
        return ofLaterPolicy() ? Rows.POLICY : cause;
    }

    private String whyBlocked(RowClaim claim, RowBlocker blocker) {
        if (cause.equals(Rows.STANDING) && blocker.getBlock() == RowBlock.RATERS) {
            return trust().isAnySuspended(claim.getRaterIds()) ? Rows.SUSPENDED : Rows.STANDING;
        }
        return ofLaterPolicy() ? Rows.POLICY : cause;
    }

    /** A grant, a standing or room takes no row away of itself: then the rules of a later policy did. */
    private boolean ofLaterPolicy() {
        return cause.equals(Rows.GRANTED) || cause.equals(Rows.STANDING) || cause.equals(Rows.ROOM);
    }

    private @Nullable Delta last(String rowId) {
        for (Delta each : held.getRows()) {
            if (each.getRowId().equals(rowId)) {
                return each;
            }
        }
        return null;
    }
}
