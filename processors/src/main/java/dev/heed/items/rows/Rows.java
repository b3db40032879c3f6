package dev.heed.items.rows;

import dev.heed.core.Channel;
import dev.heed.core.Feature;
import dev.heed.core.Outbox;
import dev.heed.core.State;
import dev.heed.core.Step;
import dev.heed.event.RowOp;
import dev.heed.fact.ConsentApplied;
import dev.heed.fact.FactHeader;
import dev.heed.fact.GoldRecorded;
import dev.heed.fact.Judged;
import dev.heed.fact.RowChanged;
import dev.heed.fact.RowPlace;
import dev.heed.items.Items;
import dev.heed.items.Questions;
import dev.heed.items.Records;
import dev.heed.out.Delta;
import dev.heed.out.Judgment;
import dev.heed.state.Item;
import dev.heed.state.ItemQuestion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Keeps the training rows of an item what {@link RowLaw} says they are, after each judgment, known answer and consent
 * decision: a delta is the difference between the rows wanted and the rows that stand.
 */
public final class Rows implements Feature {
    private static final String GRANTED = "consent_granted";
    private static final String WITHDRAWN = "consent_withdrawn";
    private static final String GOLD = "gold";

    private final RowLaw law;

    /** @param seed secret seed of the holdout split */
    public Rows(byte[] seed) {
        this.law = new RowLaw(seed);
    }

    @Override
    public void decide(Step step) {
        for (Judged judged : step.facts(Judged.class)) {
            Judgment judgment = judged.getJudgment();
            String cause = judgment.getRevision() == 1 ? "judged" : "judgment_revised";
            Item item = Objects.requireNonNull(Items.find(step.state(), judgment.getInteractionId()));
            settle(step, item, Items.question(item, judgment.getQuestionId()), cause);
        }
        for (GoldRecorded recorded : step.facts(GoldRecorded.class)) {
            Item item = Objects.requireNonNull(
                    Items.find(step.state(), recorded.getGold().getInteractionId()));
            settle(step, item, Items.question(item, recorded.getGold().getQuestionId()), GOLD);
        }
        for (ConsentApplied applied : step.facts(ConsentApplied.class)) {
            Item item = Objects.requireNonNull(
                    Items.find(step.state(), applied.getConsent().getInteractionId()));
            String cause = applied.getConsent().getTrain() ? GRANTED : WITHDRAWN;
            item.getQuestions().forEach(held -> settle(step, item, held, cause));
        }
    }

    private void settle(Step step, Item item, ItemQuestion held, String cause) {
        Map<String, Row> wanted = new TreeMap<>();
        for (Row row : law.wanted(step.policy(), Questions.find(step.policy(), held.getQuestionId()), item, held)) {
            wanted.put(row.id(), row);
        }
        for (Delta last : held.getRows()) {
            Row row = wanted.remove(last.getRowId());
            boolean stands = last.getOp() != RowOp.RETRACT;
            if (row == null && stands) {
                step.emit(new RowChanged(retraction(step, held, last, cause), place(last)));
            } else if (row != null && !(stands && row.isSameAs(last))) {
                RowOp op = stands ? RowOp.REVISE : RowOp.ADD;
                step.emit(new RowChanged(
                        row.delta(op, last.getRevision() + 1, cause, step.nowMs()), stands ? place(last) : null));
            }
        }
        wanted.values().forEach(row -> step.emit(new RowChanged(row.delta(RowOp.ADD, 1, cause, step.nowMs()), null)));
    }

    /** Where a row that stands is counted. */
    private static RowPlace place(Delta delta) {
        return new RowPlace(
                delta.getClassName(),
                delta.getSplit(),
                delta.getProvenance().getPolicyVersion(),
                delta.getProvenance().getRubricVersion());
    }

    private static Delta retraction(Step step, ItemQuestion held, Delta last, String cause) {
        return Records.with(last, delta -> {
            delta.setOp(RowOp.RETRACT);
            delta.setRevision(last.getRevision() + 1);
            delta.setCause(why(held, cause));
            delta.setDecidedAtMs(step.nowMs());
        });
    }

    private static String why(ItemQuestion held, String cause) {
        if (cause.equals(WITHDRAWN)) {
            return cause;
        }
        if (RowLaw.isGold(held)) {
            return GOLD;
        }
        // A grant takes no row away: then the rules of a later policy did.
        return cause.equals(GRANTED) ? "policy_changed" : cause;
    }

    @Override
    public void apply(State state, FactHeader header, SpecificRecord fact) {
        if (fact instanceof RowChanged changed) {
            Delta delta = changed.getDelta();
            Items.updateQuestion(state, delta.getInteractionId(), delta.getQuestionId(), question -> {
                List<Delta> rows = Records.replacing(
                        question.getRows(), each -> each.getRowId().equals(delta.getRowId()), delta);
                rows.sort(Comparator.comparing(Delta::getRowId));
                question.setRows(rows);
            });
        }
    }

    @Override
    public void project(FactHeader header, SpecificRecord fact, Outbox out) {
        if (fact instanceof RowChanged changed) {
            out.send(Channel.DATASET_LOG, changed.getDelta().getInteractionId(), changed.getDelta());
        }
    }
}
